package office_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/scoring"
)

// laterDeeds are deeds that no stage of the other tests asks for; with those they are all that writes.
var laterDeeds = []deed{
	{"set pin", func(c attempt) error { return reads(c.Secrets().SetPIN(c.ctx, "j002", "2345")) }, ""},
	{"password", func(c attempt) error { return c.Secrets().SetPassword(c.ctx, "口令四个字") }, ""},
	{"submit", func(c attempt) error { return c.Scoring().SubmitScores(c.ctx, "j001") }, ""},
	{"next round", func(c attempt) error { return reads(c.Awards().NextRound(c.ctx, true)) }, ""},
	{"settle a dispute", func(c attempt) error {
		return reads(c.Awards().SettleDispute(c.ctx, "w000002", judging.Accept, "", "合议维持"))
	}, ""},
	{"score again", func(c attempt) error {
		return reads(c.Awards().SettleDispute(c.ctx, "w000002", judging.Rescore, "", "重评"))
	}, ""},
	{"one judge more", func(c attempt) error {
		return reads(c.Awards().SettleDispute(c.ctx, "w000002", judging.Third, "", "加评"))
	}, ""},
	{"withdraw", func(c attempt) error {
		return reads(c.Review().ReviewWorks(c.ctx, []judging.WorkID{"w000002"},
			judging.Finding{Status: judging.Withdrawn, Note: "弃权"}))
	}, ""},
	{"disqualify", func(c attempt) error {
		return reads(c.Awards().RuleAward(c.ctx, award.Ruling{Kind: award.RuleDisqualify, Work: "w000002",
			Reason: "查实抄袭"}))
	}, ""},
	{"override", func(c attempt) error {
		return reads(c.Awards().RuleAward(c.ctx, award.Ruling{Kind: award.RuleGive, Work: "w000002", Award: "一等奖",
			Reason: "复议"}))
	}, ""},
	{"publish awards", func(c attempt) error {
		return reads(c.Notices().PublishAwards(c.ctx, awards.NoticeRequest{}))
	}, ""},
	{"recall notice", func(c attempt) error { return reads(c.Notices().RecallNotice(c.ctx, "日期写错")) }, ""},
	{"keep a conflicted score", func(c attempt) error {
		return c.Scoring().SettleConflict(c.ctx, "j001", "w000001", true, "不影响")
	}, ""},
	{"handle a flag", func(c attempt) error {
		return c.Scoring().HandleFlag(c.ctx, "j001", "w000001", "看过了")
	}, ""},
	{"resolve a clash", func(c attempt) error {
		return c.Scoring().ResolveClash(c.ctx, "j001", "w000001",
			scoring.TakePacket)
	}, ""},
	{"verify", func(c attempt) error {
		return reads(c.DoubleEntry().VerifyScore(c.ctx, "j001", "w000001", 80, "某人"))
	}, ""},
	{"note restored", func(c attempt) error { return c.NoteRestored(c.ctx, office.State{}) }, ""},
}

// lawfulThen names the deeds that may write behind a lock, each by itself. Everything else is refused, or writes
// nothing.
var lawfulThen = map[string][]string{
	"notice": {
		"withdraw", "conflict", "keep a conflicted score",
		// a work may leave and a conflict be declared; the end asks for a new notice then
		"rule", "disqualify", "override", "recall", "decide",
		// as above: the list that the public saw is compared at the end
		"object", "answer", "uphold", "recall notice", "finalize",
		"correct a notice", "call a notice back",
		"import", // row by row: what was misspelt is put right, a work that comes now is refused
		// as import
		"undo import", "terms", "take a parcel", "correct a parcel", "open sending", "a delivery arrives",
		"a file is not taken",
		"lay aside", "put back", "fetch mail",
		"import units", "inherit units", // no work changes; units must be reached while the notice stands
		"certificates", "pack batch", "superior", "answers from above",
		"award list", "notice", // what the paper said is kept
	},
	"final": {
		"disqualify", // an award is revoked; the list stands until it is decided again
		"certificates", "pack batch", "superior", "answers from above", "award list", "notice",
		"letters", // certificates go along
	},
	"": { // never locked: derived from files, safety, settings, and data of works whose fields have locks of their own
		"correct works", "rename a unit", "merge units",
		"measure", "prepare blind", "blind all", "thumbnails", "page", "text", "open a pair", "find duplicates",
		"seal", "backup", "clear pin", "set pin", "password", "has password", "note restored", "rehearse", "facts",
		"set a pin", "set a password", "note a restore", "open the big screen", "check works", "show a pair",
		"issue a pass", "release a device", "revoke a pass", "door of the room", "make an authority",
		"draw links", // who may send: no work changes
	},
}

// lockKeys are the texts by which a lock refuses.
var lockKeys = []string{"notice.final", "lock.notice", "import.assigned"}

// beforehand are refusals that come before anything is written, and before the lock: by deed, their texts.
var beforehand = map[string]string{
	"handle a flag": "flags.none", "resolve a clash": "packet.no_clash", "keep a conflicted score": "scores.none",
	"publish awards": "notice.standing", "undo the round": "rounds.begun", "undo and go on": "rounds.begun",
	"review": "works.assigned", "undo review": "review.nothing_to_undo", "plan": "assign.scores_given",
	"letters": "letters.not_final", "who may be shown": "exhibition.not_final", "exhibition": "exhibition.not_final",
	"album": "exhibition.not_final", "plan closing": "closing.already",
	"enter a work": "rounds.not_in", "works of the round": "analysis.no_round",
}

func TestEveryDeedIsRefusedBehindALockOrLawfulByName(t *testing.T) {
	for _, lock := range []string{"notice", "final"} {
		t.Run(lock, func(t *testing.T) {
			stage := stages(t, "objected")
			for i, d := range allDeeds() {
				if testing.Short() && i%3 != len(lock)%3 {
					continue
				}
				if ready[d.name] == nil { // what comes before can't be done behind a lock either
					behindLock(t, stage, lock, d)
				}
			}
		})
	}
}

// allDeeds lists every deed once.
func allDeeds() []deed {
	seen := map[string]bool{}
	var out []deed
	for _, stage := range slices.Sorted(maps.Keys(deedsOf)) {
		out = append(out, deedsOf[stage]...)
	}
	return slices.DeleteFunc(append(out, laterDeeds...), func(d deed) bool {
		was := seen[d.name]
		seen[d.name] = true
		return was
	})
}

// behindLock does a deed on a contest of its own.
func behindLock(t *testing.T, stage, lock string, d deed) {
	t.Helper()
	c := newTrial(t, stage)
	if lock == "final" {
		must(t, reads(c.o.Notices().AnswerObjection(t.Context(), "b001", false, false, "查无实据")))
		must(t, reads(c.o.Notices().FinalizeAwards(t.Context())))
	}
	before := c.dump()
	_, err := c.try(t.Context(), d)
	changed := !maps.Equal(before, c.dump())
	lawful := slices.Contains(lawfulThen[lock], d.name) || slices.Contains(lawfulThen[""], d.name)
	var e *judging.Error
	switch {
	case err == nil && changed && !lawful:
		t.Errorf("%s: %s wrote through the lock", lock, d.name)
	case err != nil && lawful && errors.As(err, &e) && slices.Contains(lockKeys, e.Text):
		t.Errorf("%s: %s is lawful and was refused: %v", lock, d.name, err)
	case err != nil && changed && !lawful:
		t.Errorf("%s: %s was refused and left something: %v", lock, d.name, err)
	case err != nil && !lawful && !(errors.As(err, &e) && slices.Contains(lockKeys, e.Text)):
		if e == nil || e.Text != beforehand[d.name] {
			t.Errorf("%s: %s was refused by something else than the lock: %v", lock, d.name, err)
		}
	}
	c.o.Close()
}

// Each write begins in a helper of package records, which asks for the lock of its stage: nobody opens a transaction
// that writes by another way.
func TestWritesBeginInTheHelpersThatAskForTheLock(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	must(t, err)
	own, err := filepath.Glob("*.go")
	must(t, err)
	points, err := filepath.Glob("internal/points/*.go")
	must(t, err)
	seen := 0
	for _, name := range slices.Concat(files, own, points) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		must(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			s, is := call.Fun.(*ast.SelectorExpr)
			if !is {
				return true
			}
			switch {
			case s.Sel.Name == "Update":
				seen++
				if !fromIn(s.X) {
					t.Errorf("%s: a write that asks for no lock", fset.Position(call.Pos()))
				}
			case s.Sel.Name == "Bulk" && len(call.Args) > 1:
				seen++
				if !fromIn(call.Args[1]) {
					t.Errorf("%s: writes that ask for no lock", fset.Position(call.Pos()))
				}
			}
			return true
		})
	}
	if seen < 20 {
		t.Errorf("only %d writes were looked at", seen)
	}
}

// fromIn reports whether a store comes from Records.In.
func fromIn(x ast.Expr) bool {
	call, is := x.(*ast.CallExpr)
	if !is {
		return false
	}
	s, is := call.Fun.(*ast.SelectorExpr)
	return is && (s.Sel.Name == "In" || s.Sel.Name == "db") // an import's db holds its lease over In
}
