package office_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	crowd "fayi/judging/audience"
	"fayi/judging/office"
	"fayi/judging/office/audience"
	"fayi/judging/office/rules"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// hears makes the votes of an audience weigh 30 per cent.
func hears(t *testing.T, o *office.Office) error {
	t.Helper()
	r, err := o.Rules(t.Context())
	must(t, err)
	r.Audience = &crowd.Rule{Weight: 30, By: crowd.Share}
	return reads(o.RuleBook().SaveRules(t.Context(), r, true))
}

// voteFile writes a list of votes, by codes.
func voteFile(t *testing.T, o *office.Office, of func(judging.Work) (string, bool)) string {
	t.Helper()
	works, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	lines := "作品编号,作品名称,票数（票）\n"
	for _, w := range works {
		if n, told := of(w); told {
			lines += fmt.Sprintf("%s,%s,%s\n", w.Code, w.Title, n)
		}
	}
	return written(t, lines)
}

func written(t *testing.T, lines string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "票数.csv")
	must(t, os.WriteFile(path, []byte(lines), 0o600))
	return path
}

func voted(
	t *testing.T, o *office.Office, source string, of func(judging.Work) (string, bool),
) (audience.Report, error) {
	t.Helper()
	return o.Audience().Take(t.Context(), audience.Request{
		Path: voteFile(t, o, of), Source: source, Period: "11 月 1 日至 7 日",
	})
}

// Votes weigh what the rules say, next to marks that stay as they are: of 30 per cent the work with the most votes has
// all, one with half as many half. A work without votes has no place, and nobody takes that for 0.
func TestVotesOfAnAudienceAreAPartOfTheScore(t *testing.T) {
	o := eight(t, "")
	before := officials(t, o)
	must(t, hears(t, o))
	placings, err := o.Results().Rank(t.Context())
	must(t, err)
	for _, p := range placings {
		if p.Place != 0 {
			t.Fatalf("%s has place %d before any votes came", p.Work, p.Place)
		}
	}
	counts := map[judging.WorkID]string{"w000001": "300", "w000002": "600", "w000003": "0"}
	r, err := voted(t, o, "公众号", func(w judging.Work) (string, bool) { n, ok := counts[w.ID]; return n, ok })
	must(t, err)
	if r.Read != 3 || r.Votes != 900 || len(r.Missing) != 5 || r.ID != "a0001" || r.Unasked || len(r.Problems) > 0 {
		t.Errorf("%+v", r)
	}
	now := officials(t, o)
	want := map[judging.WorkID]float64{
		"w000001": .7*before["w000001"] + 15, "w000002": .7*before["w000002"] + 30, "w000003": .7 * before["w000003"],
	}
	for id, v := range want {
		if judging.Exact(now[id]) != judging.Exact(v) {
			t.Errorf("%s: %v, want %v", id, now[id], v)
		}
	}
	wantPoint(t, o, "five lack votes", "votes_missing", idsUpTo(8)[3:]...)
	wantPoint(t, o, "they lack no scores", "unranked")
	keys, _ := sayings(t, o, "w000001")
	for _, key := range []string{"say_judges_made", "say_audience", "say_official_audience"} {
		if !slices.Contains(keys, "analysis."+key) {
			t.Errorf("no %s in %v", key, keys)
		}
	}
	keys, _ = sayings(t, o, "w000008")
	if !slices.Contains(keys, "analysis.say_unplaced_votes") {
		t.Errorf("%v", keys)
	}
	history, err := o.Scoring().ScoreHistory(t.Context(), "w000001")
	must(t, err)
	if len(history[0].Versions) != 1 {
		t.Error("a judge's score has changed")
	}
}

// Lists of one source replace each other, which is shown before; those of several sources add up, and a work that one
// of them does not tell of has no votes. Withdrawing brings the list before back. The file is kept.
func TestAListOfVotesIsShownBeforeItReplacesAnother(t *testing.T) {
	o := eight(t, "")
	must(t, hears(t, o))
	all := func(n string) func(judging.Work) (string, bool) {
		return func(judging.Work) (string, bool) { return n, true }
	}
	official := func() float64 { return officials(t, o)["w000008"] }
	must(t, reads(voted(t, o, "公众号", all("10"))))
	first := official()
	second := func(w judging.Work) (string, bool) {
		return map[bool]string{true: `"1,000"`, false: "10"}[w.ID == "w000001"], w.ID != "w000002"
	}
	_, err := voted(t, o, " 公众号 ", second)
	wantCode(t, err, judging.Clash, "audience.over")
	req := audience.Request{Path: voteFile(t, o, second), Source: "公众号", Period: "11 月 1 日至 8 日"}
	r := must1(o.Audience().Weigh(t.Context(), req))
	if r.Over != "a0001" || len(r.Changes) != 2 || *r.Changes[0].Old != 10 || *r.Changes[0].New != 1000 ||
		r.Changes[1].New != nil || r.ID != "" || len(r.Missing) != 1 {
		t.Fatalf("%+v", r)
	}
	if official() != first || len(must1(o.Audience().Lists(t.Context()))) != 1 {
		t.Error("weighing wrote something")
	}
	req.Over = r.Over
	must(t, reads(o.Audience().Take(t.Context(), req)))
	if official() == first {
		t.Error("the new list does not count")
	}
	if again := must1(o.Audience().Take(t.Context(), req)); !again.Known || again.ID != "" {
		t.Errorf("the same list again: %+v", again)
	}
	must(t, reads(voted(t, o, "网站", all("5"))))
	wantPoint(t, o, "one source lacks it", "votes_missing", "w000002")
	must(t, o.Audience().Withdraw(t.Context(), "a0003", "重复统计"))
	wantCode(t, o.Audience().Withdraw(t.Context(), "a0001", "不计"), judging.NotFound, "audience.none")
	must(t, o.Audience().Withdraw(t.Context(), "a0002", "平台更正"))
	if official() != first {
		t.Errorf("after withdrawing %v, before %v", official(), first)
	}
	wantCode(t, o.Audience().Withdraw(t.Context(), "a0001", " "), judging.Invalid, "audience.needs_reason")
	lists := must1(o.Audience().Lists(t.Context()))
	var states []string
	for _, l := range lists {
		states = append(states, l.State())
	}
	if !slices.Equal(states, []string{"holds", "withdrawn", "withdrawn"}) || lists[1].Over != "a0001" {
		t.Errorf("%v", states)
	}
}

// Each row ends as taken or named, by its row and column.
func TestEachRowOfVotesIsTakenOrTold(t *testing.T) {
	o := eight(t, "")
	must(t, hears(t, o))
	works := must1(o.Works(t.Context(), office.WorkFilter{}))
	code, title := func(i int) string { return string(works[i].Code) }, func(i int) string { return works[i].Title }
	path := written(t, strings.Join([]string{
		"投票结果,,", "作品编号,作品名称,得票数",
		code(0) + "," + title(0) + ",1234票", // taken
		"," + title(1) + ",12.0",            // taken by its title
		code(2) + ",,-3", code(3) + ",,1.5", code(4) + ",,1.2万", code(5) + ",," + "", "XX-9999,没有的作品,7",
		code(6) + ",,8", strings.ToLower(code(6)) + ",,9", code(7) + "," + title(0) + ",10",
		",,88", "合计,,2345", "以上截至 11 月 7 日,,", code(7) + ",,1,000",
		code(7) + ",,85 90", code(7) + ",,1　200", // two counts, or one: nobody here knows
	}, "\n")+"\n")
	r, err := o.Audience().Take(t.Context(), audience.Request{Path: path, Source: "公众号", Period: "一周"})
	must(t, err)
	got := map[int]string{}
	for _, p := range r.Problems {
		if p.Column != "C" || p.File != "票数.csv" || !p.Fatal {
			t.Errorf("%+v", p)
		}
		got[p.Row] = p.Text
	}
	want := map[int]string{5: "audience.below_zero", 6: "audience.fraction", 7: "audience.no_number",
		8: "audience.no_count", 9: "audience.unknown",
		10: "audience.twice", 11: "audience.twice", 12: "audience.title_differs", 13: "audience.row_without_work",
		16: "audience.split", 17: "audience.no_number", 18: "audience.no_number"}
	if fmt.Sprint(got) != fmt.Sprint(want) || r.Read != 2 || r.Votes != 1246 || len(r.Missing) != 6 {
		t.Errorf("%v, want %v; %d works, %d votes, %d missing", got, want, r.Read, r.Votes, len(r.Missing))
	}
	sum := r.Sheets.Sum()
	if sum.Taken != 2 || sum.Rows != sum.Taken+sum.Refused+sum.Noted {
		t.Errorf("%+v", sum)
	}
	for _, bad := range []struct{ lines, source, key string }{
		{"作品名称,分数\n甲,3\n", "公众号", "audience.no_columns"},
		{"作品名称,票数\n没有,3\n", "公众号", "audience.empty"},
		{"作品名称,票数\n" + title(0) + ",3\n", " ", "audience.needs_source"},
	} {
		_, err := o.Audience().Take(t.Context(), audience.Request{
			Path: written(t, bad.lines), Source: bad.source, Period: "一周",
		})
		if text := fmt.Sprint(err); !strings.Contains(text, bad.key) {
			t.Errorf("%q: %v, want %s", bad.lines, err, bad.key)
		}
	}
}

// A prize by votes alone goes to the work with the most votes, whatever its place, and to each that has as many.
func TestAPrizeByVotesAlone(t *testing.T) {
	o := eight(t, "")
	r, err := o.Rules(t.Context())
	must(t, err)
	r.Specials = []terms.SpecialPrize{{Name: "最佳人气奖", By: terms.ByAudience, Count: 1}}
	must(t, reads(o.RuleBook().SaveRules(t.Context(), r, true)))
	rep, err := voted(t, o, "公众号", func(w judging.Work) (string, bool) {
		return map[judging.WorkID]string{"w000007": "99", "w000008": "99"}[w.ID] + "0", true
	})
	must(t, err)
	if rep.Unasked {
		t.Error("a prize asks for votes")
	}
	decideNow(t, o)
	honours := must1(o.Awards().Honours(t.Context()))
	if got := special(t, honours.Specials, "最佳人气奖"); !slices.Equal(got, []judging.WorkID{"w000007", "w000008"}) {
		t.Errorf("%v", got)
	}
	if stale(t, o) {
		t.Error("just decided, and stale")
	}
	must(t, o.Audience().Withdraw(t.Context(), "a0001", "刷票"))
	if !stale(t, o) {
		t.Error("votes were taken back, and awards are not stale")
	}
}

// A rule file says all of it, and is read as it was written.
func TestAnAudienceSurvivesExportAndLoading(t *testing.T) {
	o := eight(t, "")
	r := must1(o.Rules(t.Context()))
	r.Audience = &crowd.Rule{Weight: 12.5, By: crowd.Places, Least: 3, Most: 900, Steps: []crowd.Step{
		{At: 1, Mark: 100}, {At: 4, Mark: 37.5},
	}}
	must1(o.RuleBook().SaveRules(t.Context(), r, true))
	var file bytes.Buffer
	must(t, o.RuleBook().ExportRules(t.Context(), &file))
	again, err := rules.ParseRules(&file)
	if err != nil || again.Audience == nil || fmt.Sprint(*again.Audience) != fmt.Sprint(*r.Audience) {
		t.Errorf("%+v, %v", again.Audience, err)
	}
	said := ""
	for _, s := range rules.TellRules(again, words(t)) {
		said += strings.Join(s.Lines, "\n")
	}
	if !strings.Contains(said, "第 2–4 名 37.5 分") || !strings.Contains(said, "不足 3 票") {
		t.Errorf("the rule sheet says %s", said)
	}
}

// Votes count in the last round only, and once, however it joins with the one before.
func TestVotesCountOnceInTheLastRound(t *testing.T) {
	for _, carry := range []string{"carry = \"weighted\", weight = 0.5", "carry = \"pooled\""} {
		o := eightPlanned(t, "rounds = [ { name = \"终评\", take = { count = 4 }, "+carry+" } ]")
		must(t, hears(t, o))
		scoreEight(t, o) // work k has 97-3k
		if place := must1(o.Results().Rank(t.Context()))[0].Place; place != 1 {
			t.Fatalf("votes are asked for before the last round: place %d", place)
		}
		on := must1(o.Awards().NextRound(t.Context(), false))
		if !slices.Equal(on, idsUpTo(4)) {
			t.Fatalf("%v", on)
		}
		publish(t, o)
		for k := 1; k <= 4; k++ {
			for j := 1; j <= 3; j++ {
				enter(t, o, j, k, float64(90-k))
			}
		}
		must(t, reads(voted(t, o, "公众号", func(w judging.Work) (string, bool) {
			return string(w.ID[len(w.ID)-1]) + "00", true // 400 is the most of those that went on
		})))
		for _, p := range must1(o.Results().Rank(t.Context()))[:4] {
			k := float64(p.Work[len(p.Work)-1] - '0')
			want := .5*(97-3*k) + .5*(.7*(90-k)+.3*25*k)
			if math.Abs(p.Official-want) > .00501 || p.Place == 0 {
				t.Errorf("%s, %s: %v in place %d, want %v", carry, p.Work, p.Official, p.Place, want)
			}
			keys, _ := sayings(t, o, string(p.Work))
			if !slices.Contains(keys, "analysis.say_official_audience") {
				t.Errorf("%v", keys)
			}
		}
	}
}

// Programs before this one would place works without the votes: they refuse to read such rules.
func TestOlderProgramsRefuseRulesWithAnAudience(t *testing.T) {
	cfg := config(t)
	plain, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	o, err := office.Create(t.Context(), cfg, "甲", "乙", plain)
	must(t, err)
	key := func(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) }
	same := func(old []byte) ([]byte, error) { return old, nil }
	older := store.NewTable("rules", 4, key).Upgrade(1, same).Upgrade(2, same).Upgrade(3, same)
	read := func() error {
		now, err := o.Rules(t.Context())
		must(t, err)
		return cfg.DB.View(t.Context(), func(tx store.Tx) error {
			_, err := older.Get(tx, judging.Serial("v", 6, now.Version))
			return err
		})
	}
	must(t, read())
	must(t, hears(t, o))
	wantCode(t, read(), judging.Corrupt, "store.newer_format")
}

// A rehearsal has votes, too: it goes on to its awards without a list from outside.
func TestARehearsalHasVotes(t *testing.T) {
	o := eightPlanned(t, "")
	must(t, hears(t, o))
	to := config(t)
	trial := must1(o.Rehearse(t.Context(), to, 7, nil))
	wantPoint(t, trial, "in a rehearsal", "votes_missing")
	if lists := must1(trial.Audience().Lists(t.Context())); len(lists) != 1 || len(lists[0].Counts) != 8 {
		t.Errorf("%+v", lists)
	}
	if len(must1(o.Audience().Lists(t.Context()))) > 0 {
		t.Error("the contest itself has votes")
	}
}
