package office_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
)

// deskAll scores everything of j001 at the desk.
func deskAll(t *testing.T, o *office.Office, share float64) {
	t.Helper()
	d := firstDuty(t, o, "j001")
	for _, w := range d.Works {
		b := judging.Ballot{Code: w.Code, Marks: fill(d.Rubrics[w.Category], share)}
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

func TestABlankSheetTakesNothing(t *testing.T) {
	o := published(t, 12)
	blank := sheetOf(t, o)
	deskAll(t, o, 0.8)
	got := collect(t, o, collecting.Options{}, blank)
	r := got.Files[0]
	if got.ID != "" || !r.Blank || r.Read != 0 || len(r.Changed)+len(r.Clashes)+len(r.Problems)+len(r.Missing) != 0 {
		t.Errorf("%+v", got)
	}
	wantHeld(t, o, "after a blank sheet", 0.8, nil)
	d := firstDuty(t, o, "j001")
	one := filled(t, o, blank, "one.xlsx", func(p *pen) { p.mark(d.Works[0], 0.8) })
	partial := filled(t, o, blank, "cell.xlsx", func(p *pen) {
		p.put(
			d.Works[1],
			d.Rubrics[d.Works[1].Category].Criteria[0].Name,
			fill(d.Rubrics[d.Works[1].Category], 0.8)[d.Rubrics[d.Works[1].Category].Criteria[0].Name],
		)
	})
	for _, r := range collect(t, o, collecting.Options{}, one, partial).Files {
		if len(r.Changed)+len(r.Clashes)+len(r.Incomplete) > 0 {
			t.Errorf("%+v", r)
		}
	}
	wantHeld(t, o, "after a row and a cell", 0.8, nil)
}

func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	o := published(t, 12)
	original := sheetOf(t, o)
	d := firstDuty(t, o, "j001")
	half := filled(t, o, original, "半份.xlsx", func(p *pen) {
		for _, w := range p.d.Works[:3] {
			p.mark(w, 0.7)
		}
	})
	copies := []string{
		original,
		filled(t, o, original, "表(1).xlsx", all(0.7)),
		filled(t, o, original, "表(2).xlsx", all(0.7)),
		half,
	}
	permute(copies, func(order []string) {
		preview, err := o.Collecting().PreviewCollect(t.Context(), order, collecting.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := collect(t, o, collecting.Options{}, order...)
		changed := 0
		for i, r := range got.Files {
			changed += len(r.Changed)
			if len(r.Clashes) > 0 || r.Err != nil || len(r.Changed) != len(preview.Files[i].Changed) {
				t.Errorf("%v: %+v, previewed %+v", order, r, preview.Files[i])
			}
		}
		if changed != len(d.Works) {
			t.Errorf("%v: %d new scores", order, changed)
		}
		wantHeld(t, o, strings.Join(order, " "), 0.7, nil)
		if again := collect(t, o, collecting.Options{}, order...); again.ID != "" {
			t.Errorf("collected again: %+v", again)
		}
		if _, err := o.Scoring().UndoCollect(t.Context(), "", "试一试"); err != nil {
			t.Fatal(err)
		}
		for code, total := range held(t, o) {
			if total != 0 {
				t.Errorf("taken back, %s has %v", code, total)
			}
		}
	})
}

func permute(of []string, yield func([]string)) {
	var walk func(n int)
	order := slices.Clone(of)
	walk = func(n int) {
		if n == len(order) {
			yield(slices.Clone(order))
			return
		}
		for i := n; i < len(order); i++ {
			order[n], order[i] = order[i], order[n]
			walk(n + 1)
			order[n], order[i] = order[i], order[n]
		}
	}
	walk(0)
}

func TestAPrefilledOriginalSaysNothing(t *testing.T) {
	for _, originalLast := range []bool{false, true} {
		o := published(t, 12)
		deskAll(t, o, 0.6)
		original := sheetOf(t, o)
		d := firstDuty(t, o, "j001")
		w := d.Works[2]
		paths := []string{original, filled(t, o, original, "改.xlsx", func(p *pen) { p.mark(w, 0.9) })}
		if originalLast {
			slices.Reverse(paths)
		}
		for _, path := range paths { // one after the other, as they come in
			if r := collect(t, o, collecting.Options{}, path).Files[0]; len(r.Clashes) > 0 || r.Err != nil {
				t.Errorf("%s: %+v", path, r)
			}
		}
		wantHeld(t, o, "original and copy", 0.6, map[judging.WorkCode]float64{w.Code: total(d, w, 0.9)})
	}
}

func TestAnOldSheetIsAskedAbout(t *testing.T) {
	for _, c := range []struct {
		take  scoring.Take
		share float64
	}{{scoring.TakeContest, 0.8}, {scoring.TakeSheet, 0.5}} {
		o := published(t, 12)
		old := filled(t, o, sheetOf(t, o), "旧.xlsx", all(0.5))
		deskAll(t, o, 0.8)
		d := firstDuty(t, o, "j001")
		r := collect(t, o, collecting.Options{}, old).Files[0]
		if len(r.Changed) != 0 || len(r.Clashes) != len(d.Works) {
			t.Fatalf("%+v", r)
		}
		wantHeld(t, o, "asked", 0.8, nil)
		wantCode(t, o.Scoring().SubmitScores(t.Context(), "j001"), judging.Clash, "scores.clashes_open")
		x := r.Clashes[0]
		if x.Contest.Total <= x.Packet.Total || x.Packet.Source != judging.Sheet || x.Take != scoring.TakeSheet {
			t.Errorf("%+v", x)
		}
		listed, err := o.Scoring().Clashes(t.Context())
		if err != nil || len(listed) != len(d.Works) {
			t.Fatalf("%d listed, %v", len(listed), err)
		}
		for _, w := range d.Works {
			if err := o.Scoring().ResolveClash(t.Context(), "j001", string(w.Code), c.take); err != nil {
				t.Fatal(err)
			}
		}
		wantHeld(t, o, string(c.take), c.share, nil)
		if got := collect(t, o, collecting.Options{}, old); got.ID != "" {
			t.Errorf("decided, and collected again: %+v", got)
		}
		history, _ := o.Scoring().ScoreHistory(t.Context(), string(d.Works[0].Code))
		if n := len(history[0].Versions); n < 2 {
			t.Errorf("%d versions are left of two scores", n)
		}
	}
}

func TestNobodyIsAskedAboutAScoreThatIsVoidOrOfAListHandedIn(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	a, b := d.Works[0], d.Works[1]
	old := filled(t, o, sheetOf(t, o), "旧.xlsx", func(p *pen) { all(0.8)(p); p.mark(a, 0.5); p.mark(b, 0.5) })
	deskAll(t, o, 0.8)
	collect(t, o, collecting.Options{}, old)
	asked := func(what string, want int) {
		t.Helper()
		if left, err := o.Scoring().Clashes(t.Context()); err != nil || len(left) != want {
			t.Errorf("%s: %d are asked about, want %d; %v", what, len(left), want, err)
		}
	}
	asked("two differ", 2)
	must(t, o.Scoring().VoidScore(t.Context(), "j001", string(a.Code), "亲属"))
	asked("one is void", 1)
	must(t, o.Scoring().ResolveClash(t.Context(), "j001", string(b.Code), scoring.TakeContest))
	must(t, o.Scoring().SubmitScores(t.Context(), "j001"))
	asked("handed in", 0)
}

func TestTheAnswerMayComeWithTheSheetWorkByWork(t *testing.T) {
	o := published(t, 12)
	old := filled(t, o, sheetOf(t, o), "旧.xlsx", all(0.5))
	deskAll(t, o, 0.8)
	d := firstDuty(t, o, "j001")
	a, b := d.Works[0], d.Works[1]
	opt := collecting.Options{
		TakeOf: map[judging.WorkCode]scoring.Take{a.Code: scoring.TakeSheet, b.Code: scoring.TakeContest},
	}
	if r := collect(t, o, opt, old).Files[0]; len(r.Changed) != 1 || !r.Changed[0].Lower ||
		len(r.Clashes) != len(d.Works)-2 {
		t.Errorf("%+v", r)
	}
	wantHeld(t, o, "two answers", 0.8, map[judging.WorkCode]float64{a.Code: total(d, a, 0.5)})
	_, err := o.Collecting().CollectScores(t.Context(), []string{old}, collecting.Options{Take: "later"})
	wantCode(t, err, judging.Invalid, "scores.bad_take")
}

func TestFilesThatContradictEachOtherAreBothKept(t *testing.T) {
	o := published(t, 12)
	original := sheetOf(t, o)
	d := firstDuty(t, o, "j001")
	w := d.Works[0]
	a := filled(t, o, original, "a.xlsx", func(p *pen) { all(0.7)(p); p.mark(w, 0.6) })
	b := filled(t, o, original, "b.xlsx", all(0.7))
	for _, paths := range [][]string{{a, b}, {b, a}} {
		got := collect(t, o, collecting.Options{Take: scoring.TakeSheet}, paths...)
		for _, r := range got.Files {
			if len(r.Clashes) != 1 {
				t.Errorf("%+v", r)
			}
		}
		wantHeld(t, o, "two files", 0.7, map[judging.WorkCode]float64{w.Code: 0})
		wantCode(
			t,
			o.Scoring().ResolveClash(t.Context(), "j001", string(w.Code), scoring.TakeSheet),
			judging.Invalid,
			"scores.take_which",
		)
		if _, err := o.Scoring().UndoCollect(t.Context(), got.ID, "两份不一样"); err != nil {
			t.Fatal(err)
		}
		if left, _ := o.Scoring().Clashes(t.Context()); len(left) > 0 {
			t.Errorf("taken back, %d wait", len(left))
		}
	}
	collect(t, o, collecting.Options{}, a, b)
	listed, _ := o.Scoring().Clashes(t.Context())
	i := slices.IndexFunc(listed, func(c scoring.PacketClash) bool { return c.Packet.File == "a.xlsx" })
	if len(listed) != 2 || i < 0 {
		t.Fatalf("%+v", listed)
	}
	if err := o.Scoring().ResolveClash(t.Context(), "j001", string(w.Code), listed[i].Take); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, o, "decided", 0.7, map[judging.WorkCode]float64{w.Code: total(d, w, 0.6)})
}

func TestHalfSortedRowsAreNamedAndLeftOut(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	original := sheetOf(t, o)
	of := map[string][]judging.Duty{}
	for _, w := range d.Works {
		of[w.Category] = append(of[w.Category], w)
	}
	var pair []judging.Duty
	for _, works := range of {
		if len(works) > 1 {
			pair = works[:2]
		}
	}
	swapped := filled(t, o, original, "排序.xlsx", func(p *pen) {
		all(0.7)(p)
		p.put(pair[0], "作品名称", pair[1].Title)
		p.put(pair[1], "作品名称", pair[0].Title)
	})
	r := collect(t, o, collecting.Options{}, swapped).Files[0]
	if len(r.Problems) != 2 || len(r.Changed) != len(d.Works)-2 || r.Read != len(d.Works)-2 {
		t.Fatalf("%+v", r)
	}
	if sum := r.Sheets.Sum(); sum.Refused != 2 || sum.Taken != len(d.Works)-2 {
		t.Errorf("the account says %+v", sum)
	}
	for _, p := range r.Problems {
		if p.Text != "scores.title_differs" || p.Row == 0 || p.Sheet != pair[0].Category || !p.Fatal {
			t.Errorf("%+v", p)
		}
	}
	wantHeld(t, o, "half-sorted", 0.7, map[judging.WorkCode]float64{pair[0].Code: 0, pair[1].Code: 0})
}

func TestHeadsTypedAgainAreMatchedOrNamed(t *testing.T) {
	for name, c := range map[string]struct {
		head  func(name, most string) string
		taken bool
		text  string
	}{
		"points in brackets":    {func(n, most string) string { return n + "（" + most + "分）" }, true, ""},
		"without the range":     {func(n, most string) string { return n }, true, ""},
		"spaces and full width": {func(n, most string) string { return " " + n + " ０－" + most + " " }, true, ""},
		"a word more":           {func(n, most string) string { return n + "得分" }, true, ""},
		"another word":          {func(n, most string) string { return "印象" }, false, "paper.criteria_missing"},
		"nothing":               {func(n, most string) string { return "" }, false, "paper.criteria_missing"},
		"another range":         {func(n, most string) string { return n + "（77分）" }, false, "paper.head_other_range"},
	} {
		t.Run(name, func(t *testing.T) {
			o := published(t, 12)
			d := firstDuty(t, o, "j001")
			w := d.Works[0]
			k := d.Rubrics[w.Category].Criteria[0]
			but := map[judging.WorkCode]float64{}
			path := filled(t, o, sheetOf(t, o), "表.xlsx", func(p *pen) {
				all(0.7)(p)
				sheet, at := p.cell(w, k.Name, true)
				if err := p.f.SetCellValue(sheet, at, c.head(k.Name, judging.Exact(k.Weight).String())); err != nil {
					t.Fatal(err)
				}
			})
			r := collect(t, o, collecting.Options{}, path).Files[0]
			for _, x := range d.Works {
				if x.Category == w.Category && !c.taken {
					but[x.Code] = 0
				}
			}
			wantHeld(t, o, name, 0.7, but)
			if c.taken != (len(r.Problems) == 0) || r.Read != len(d.Works)-len(but) ||
				len(r.Missing)+len(r.Incomplete) > 0 {
				t.Fatalf("%+v", r)
			}
			if !c.taken && (r.Problems[0].Text != c.text || r.Problems[0].Args["Category"] != w.Category) {
				t.Errorf("%+v", r.Problems)
			}
		})
	}
}

func TestWhatIsMissingIsListed(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	gone, part, silent, formula := d.Works[0], d.Works[1], d.Works[2], d.Works[3]
	path := filled(t, o, sheetOf(t, o), "表.xlsx", func(p *pen) {
		all(0.7)(p)
		p.put(part, d.Rubrics[part.Category].Criteria[1].Name, nil)
		for _, k := range d.Rubrics[silent.Category].Criteria {
			p.put(silent, k.Name, nil)
		}
		p.put(silent, "状态", "弃权")
		sheet, at := p.cell(formula, d.Rubrics[formula.Category].Criteria[0].Name, false)
		if err := p.f.SetCellValue(sheet, at, nil); err != nil {
			t.Fatal(err)
		}
		if err := p.f.SetCellFormula(sheet, at, "1+2"); err != nil {
			t.Fatal(err)
		}
		sheet, row, _ := p.find(gone)
		if err := p.f.RemoveRow(sheet, row); err != nil {
			t.Fatal(err)
		}
	})
	r := collect(t, o, collecting.Options{}, path).Files[0]
	if !slices.Equal(r.Missing, []judging.WorkCode{gone.Code}) {
		t.Errorf("missing %v, want %s", r.Missing, gone.Code)
	}
	if n := len(d.Rubrics[part.Category].Criteria); len(r.Incomplete) != 1 || r.Incomplete[0].Code != part.Code ||
		r.Incomplete[0].Given != n-1 ||
		r.Incomplete[0].Of != n {
		t.Errorf("incomplete %+v", r.Incomplete)
	}
	if r.Read != len(d.Works)-4 {
		t.Errorf("%d counted as filled in of %d", r.Read, len(d.Works))
	}
	texts := map[string]bool{}
	for _, p := range r.Problems {
		texts[p.Text] = true
	}
	if !maps.Equal(texts, map[string]bool{"scores.reason_missing": true, "paper.formula_unread": true}) {
		t.Errorf("%+v", r.Problems)
	}
	reason := filled(t, o, path, "补.xlsx", func(p *pen) { p.put(silent, "说明", "看不清") })
	if r := collect(t, o, collecting.Options{}, reason).Files[0]; len(r.Changed) != 1 ||
		r.Changed[0].State != judging.Abstained {
		t.Errorf("%+v", r)
	}
}

func TestASheetWithoutItsHiddenPageIsOfUnknownBase(t *testing.T) {
	o := published(t, 12)
	deskAll(t, o, 0.6)
	d := firstDuty(t, o, "j001")
	bare := filled(t, o, sheetOf(t, o), "新文件.xlsx", func(p *pen) {
		all(0.9)(p)
		if err := p.f.DeleteSheet("_fayi"); err != nil {
			t.Fatal(err)
		}
	})
	if r := collect(t, o, collecting.Options{}, bare).Files[0]; len(r.Changed) != 0 ||
		len(r.Clashes) != len(d.Works) {
		t.Errorf("%+v", r)
	}
	wantHeld(t, o, "copied into a new file", 0.6, nil)
}

func TestTheBaseSurvivesSortingAndInsertedColumns(t *testing.T) {
	o := published(t, 12)
	deskAll(t, o, 0.6)
	d := firstDuty(t, o, "j001")
	path := filled(t, o, sheetOf(t, o), "排过.xlsx", func(p *pen) {
		all(0.9)(p)
		for _, sheet := range p.f.GetSheetList()[:1] {
			for _, err := range []error{
				p.f.InsertCols(sheet, "D", 1), p.f.InsertRows(sheet, 6, 1), p.f.DuplicateRowTo(sheet, 5, 30),
				p.f.RemoveRow(sheet, 5),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	r := collect(t, o, collecting.Options{}, path).Files[0]
	if len(r.Changed) != len(d.Works) || len(r.Clashes)+len(r.Missing) != 0 ||
		slices.ContainsFunc(r.Problems, func(p judging.Problem) bool { return p.Fatal }) {
		t.Errorf("%+v", r)
	}
	wantHeld(t, o, "sorted", 0.9, nil)
}

func TestACollectionIsBackedUpAndTakenBackWhileNothingWasBuiltOnIt(t *testing.T) {
	o := published(t, 12)
	path := filled(t, o, sheetOf(t, o), "表.xlsx", all(0.7))
	d := firstDuty(t, o, "j001")
	got := collect(t, o, collecting.Options{}, path)
	backups, err := o.Backups(t.Context())
	if err != nil || !got.Backup ||
		!slices.ContainsFunc(backups, func(b office.Backup) bool { return b.Why == "collect" }) {
		t.Errorf("%+v %v", backups, err)
	}
	_, err = o.Scoring().UndoCollect(t.Context(), got.ID, " ")
	wantCode(t, err, judging.Invalid, "closing.needs_reason")
	w := d.Works[0]
	b := judging.Ballot{Marks: fill(d.Rubrics[w.Category], 0.9)}
	if _, err := o.Scoring().EnterScore(
		t.Context(), "j001", string(w.Code), b, scoring.TakeEntered, false,
	); err != nil {
		t.Fatal(err)
	}
	_, err = o.Scoring().UndoCollect(t.Context(), got.ID, "收错了")
	wantCode(t, err, judging.Clash, "scores.built_on")
	wantHeld(t, o, "refused", 0.7, map[judging.WorkCode]float64{w.Code: total(d, w, 0.9)})

	o = published(t, 12)
	path = filled(t, o, sheetOf(t, o), "表.xlsx", all(0.7))
	got = collect(t, o, collecting.Options{}, path)
	if err := o.Scoring().SubmitScores(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Scoring().UndoCollect(t.Context(), got.ID, "收错了")
	wantCode(t, err, judging.Closed, "scores.submitted")
	if err := o.Scoring().ReopenScores(t.Context(), "j001", "收错了"); err != nil {
		t.Fatal(err)
	}
	if _, err = o.Scoring().UndoCollect(t.Context(), got.ID, "收错了"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Scoring().UndoCollect(t.Context(), "", "再一次")
	wantCode(t, err, judging.NotFound, "scores.no_collection")
	history, _ := o.Scoring().ScoreHistory(t.Context(), string(w.Code))
	for _, s := range history {
		if s.Judge == "j001" && (len(s.Versions) != 0 || len(s.Undone) != 1) {
			t.Errorf("%+v", s)
		}
	}
	if again := collect(t, o, collecting.Options{}, path); len(again.Files[0].Changed) != len(d.Works) {
		t.Errorf("collected again: %+v", again)
	}
}

func TestARefusedFileKeepsNoOtherOut(t *testing.T) {
	o := published(t, 12)
	path := filled(t, o, sheetOf(t, o), "表.xlsx", all(0.7))
	junk := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(junk, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := collect(t, o, collecting.Options{}, junk, path, junk)
	if got.Files[0].Err == nil || got.Files[0].Refused == "" || got.Files[1].Err != nil || got.Files[2].Err == nil {
		t.Errorf("%+v", got)
	}
	wantHeld(t, o, "beside junk", 0.7, nil)
}

func TestALateSheetOfASubmittedListIsRefused(t *testing.T) {
	o := published(t, 12)
	original := sheetOf(t, o)
	deskAll(t, o, 0.8)
	if err := o.Scoring().SubmitScores(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	_, err := collectFile(t, o, filled(t, o, original, "晚.xlsx", all(0.5)), scoring.TakeSheet)
	wantCode(t, err, judging.Closed, "scores.submitted")
	if _, err = collectFile(t, o, original, scoring.TakeNone); err != nil {
		t.Errorf("its blank original: %v", err)
	}
	if _, err = collectFile(t, o, filled(t, o, original, "同.xlsx", all(0.8)), scoring.TakeNone); err != nil {
		t.Errorf("one that says the same: %v", err)
	}
	wantHeld(t, o, "late", 0.8, nil)
}

func TestTypedScoresKeepTheRulesOfSheets(t *testing.T) {
	o := published(t, 12)
	deskAll(t, o, 0.8)
	d := firstDuty(t, o, "j001")
	w := d.Works[0]
	enter := func(b judging.Ballot, take scoring.Take) error {
		_, err := o.Scoring().EnterScore(t.Context(), "j001", string(w.Code), b, take, false)
		return err
	}
	wantCode(t, enter(judging.Ballot{}, scoring.TakeNone), judging.Invalid, "scores.nothing_said")
	wantCode(
		t,
		enter(judging.Ballot{State: judging.Abstained}, scoring.TakeNone),
		judging.Invalid,
		"scores.reason_missing",
	)
	wantCode(
		t,
		enter(judging.Ballot{Marks: fill(d.Rubrics[w.Category], 0.5)}, scoring.TakeNone),
		judging.Clash,
		"scores.clash_kept",
	)
	if err := enter(judging.Ballot{Comment: "用笔稳健"}, scoring.TakeNone); err != nil {
		t.Errorf("a comment alone: %v", err)
	}
	wantHeld(t, o, "typed", 0.8, nil)
	if b, _ := o.Scoring().Desk("j001").Load(t.Context(), w.Code); b.Comment != "用笔稳健" {
		t.Errorf("%+v", b)
	}
	listed, _ := o.Scoring().Clashes(t.Context())
	if len(listed) != 1 || listed[0].Take != scoring.TakeEntered {
		t.Fatalf("%+v", listed)
	}
	if err := o.Scoring().ResolveClash(t.Context(), "j001", string(w.Code), scoring.TakeEntered); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, o, "decided", 0.8, map[judging.WorkCode]float64{w.Code: total(d, w, 0.5)})
}

func TestCommentsReachTheOrganiser(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	w := d.Works[0]
	say := func(text string, share float64) {
		t.Helper()
		b := judging.Ballot{Code: w.Code, Marks: fill(d.Rubrics[w.Category], share), Comment: text}
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	say("章法稍乱", 0.7)
	say("用笔稳健，评委A", 0.8)
	path := filled(t, o, sheetOf(t, o), "表.xlsx", func(p *pen) { p.put(w, "评语", nil) })
	collect(t, o, collecting.Options{}, path) // a blank comment says nothing
	got, err := o.Comments().ListComments(t.Context(), string(w.Code))
	if err != nil || len(got) != 2 || got[0].Text != "用笔稳健，评委A" || got[0].Older || got[1].Text != "章法稍乱" ||
		!got[1].Older ||
		got[0].Name != "评委A" {
		t.Fatalf("%+v %v", got, err)
	}
	out := filepath.Join(t.TempDir(), "评语.xlsx")
	n, err := o.Comments().ReportComments(t.Context(), out, words(t))
	if err != nil || n != 1 {
		t.Fatalf("%d %v", n, err)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text := ""
	for _, sheet := range f.GetSheetList() {
		rows, _ := f.GetRows(sheet)
		for _, row := range rows {
			text += strings.Join(row, "|") + "\n"
		}
	}
	for _, want := range []string{"用笔稳健", string(w.Code), w.Title, "示例第"} {
		if !strings.Contains(text, want) {
			t.Errorf("the workbook lacks %s:\n%s", want, text)
		}
	}
	for _, never := range []string{"评委A", "j001", "章法稍乱"} {
		if strings.Contains(text, never) {
			t.Errorf("the workbook says %s", never)
		}
	}
	if err := o.Scoring().VoidScore(t.Context(), "j001", string(w.Code), "亲属"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Comments().ReportComments(t.Context(), out, words(t))
	wantCode(t, err, judging.NotFound, "comments.none")
}

func TestARecusalThatIsRefusedChangesNothing(t *testing.T) {
	o := published(t, 12)
	code := string(scoreSome(t, o, "j001", 1)[0])
	for _, c := range []struct {
		reason     string
		substitute judging.JudgeID
		code       judging.Code
	}{{" ", "", judging.Invalid}, {"亲属", "j001", judging.Forbidden}, {"亲属", "j999", judging.Forbidden}} {
		_, err := o.Scoring().RecuseJudge(t.Context(), "j001", code, c.reason, c.substitute)
		wantCode(t, err, c.code, "")
	}
	if _, err := o.Scoring().CloseRound(t.Context(), "到期"); err == nil {
		_, err := o.Scoring().RecuseJudge(t.Context(), "j001", code, "亲属", "")
		wantCode(t, err, judging.Closed, "")
	}
	history, _ := o.Scoring().ScoreHistory(t.Context(), code)
	said, err := o.Assignment().Conflicts(t.Context())
	if err != nil || len(said) != 0 || history[0].Void != "" {
		t.Errorf("%+v %+v %v", history, said, err)
	}
}
