package correction

import (
	"slices"
	"strings"
	"testing"

	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/app/kit/table"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

// bench is the corrections of a page over a real contest, without the page.
type bench struct {
	*kittest.Shell
	t     *testing.T
	o     *office.Office
	sheet *Sheet
}

func at(t *testing.T, o *office.Office) *bench {
	t.Helper()
	d := &bench{Shell: kittest.New(t), t: t, o: o}
	d.sheet = NewSheet(d.Shell, page.StagesOf(o), func() {})
	d.sheet.Columns(func(judging.Work) table.Cell { return table.Cell{} })
	d.sheet.Load()
	return d
}

func (d *bench) work(id string) judging.Work {
	d.t.Helper()
	return pagetest.WorkOf(d.t, d.o, id)
}

// put types a text into a cell and returns what became of it.
func (d *bench) put(id, field, text string) table.Kept {
	d.t.Helper()
	column := slices.Index(d.sheet.fields, field)
	if column < 0 {
		d.t.Fatalf("no column %s", field)
	}
	var out *table.Kept
	d.sheet.Editing().Keep(d.work(id), column, text, func(k table.Kept) { out = &k })
	if out == nil {
		d.t.Fatalf("nobody said what became of %q", text)
	}
	d.sheet.Load()
	return *out
}

// notice is the last notice.
func (d *bench) notice() kit.Notice {
	d.t.Helper()
	if len(d.Told) == 0 {
		d.t.Fatal("nothing was said")
	}
	return d.Told[len(d.Told)-1]
}

// acts is how many corrections the journal has, undone ones and undos too.
func (d *bench) acts() int {
	d.t.Helper()
	all, err := d.o.Corrections().ListCorrections(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return len(all.Acts)
}

func TestACellIsCorrectedSaidAndTakenBackByItsNotice(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	if k := d.put("w000002", "authors", "赵一、钱二"); k != (table.Kept{}) {
		t.Fatalf("%+v", k)
	}
	if got := d.work("w000002").Authors; !slices.Equal(got, []string{"赵一", "钱二"}) {
		t.Fatalf("authors %q", got)
	}
	n := d.notice()
	if n.Tone != look.Done || !strings.Contains(n.Text, "作者：作者02 → 赵一、钱二") || n.Action != "撤销" || d.Loads != 1 {
		t.Errorf("%+v, %d loads", n, d.Loads)
	}
	n.Do()
	if got := d.work("w000002").Authors; !slices.Equal(got, []string{"作者02"}) {
		t.Errorf("taken back to %q", got)
	}
	if n := d.notice(); !strings.Contains(n.Text, "赵一、钱二 → 作者02") || n.Action != "重做" {
		t.Errorf("%+v", n)
	}
}

func TestAnEmptiedCellIsSaidToBeEmpty(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	d.put("w000001", "phone", "")
	if n := d.notice(); d.work("w000001").Phone != "" || !strings.Contains(n.Text, "13900000000 → （空）") {
		t.Errorf("%+v", n)
	}
}

func TestAWrongCellIsSaidInPlaceAndNothingIsWritten(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	for field, c := range map[string]struct{ text, want string }{
		"title":   {"　 ", "作品名称不能为空"},
		"authors": {"", "作者不能为空"},
		"group":   {"老年组", "没有组别“老年组”"},
		"unit":    {strings.Repeat("长", judging.MaxFieldLength+1), "太长"},
	} {
		before := d.work("w000003")
		if k := d.put("w000003", field, c.text); !strings.Contains(k.Wrong, c.want) || k.Asks {
			t.Errorf("%s: %+v", field, k)
		}
		if after := d.work("w000003"); after.Field(field) != before.Field(field) {
			t.Errorf("%s became %q", field, after.Field(field))
		}
	}
	if len(d.Told) > 0 || len(d.Asked) > 0 || d.acts() != 0 {
		t.Errorf("told %v, asked %v, %d acts", d.Told, d.Asked, d.acts())
	}
}

func TestAWorkIsNotMadeTheSameAsAnother(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	d.put("w000004", "title", "作品01")
	d.put("w000004", "authors", "作者01")
	if k := d.put("w000004", "category", "摄影"); !strings.Contains(k.Wrong, "完全相同") {
		t.Errorf("%+v", k)
	}
	if got := d.work("w000004").Category; got != "书法" {
		t.Errorf("category %q", got)
	}
}

func TestOnlyWhatMayBeCorrectedIsACellToType(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	cells, w := d.sheet.Editing(), d.work("w000002")
	for column, field := range d.sheet.fields {
		value, ok := cells.Value(w, column)
		if ok != (field != "") || ok && value != w.Field(field) {
			t.Errorf("column %d (%s): %q, %v", column, field, value, ok)
		}
	}
	titles := func(field string) (out []string) {
		for _, o := range cells.Choices(w, slices.Index(d.sheet.fields, field)) {
			out = append(out, o.Title)
		}
		return out
	}
	if got := titles("category"); !slices.Contains(got, "书法") || slices.Contains(got, "（不分组）") {
		t.Errorf("categories %q", got)
	}
	if got := titles("group"); !slices.Contains(got, "小学组") || got[len(got)-1] != "（不分组）" {
		t.Errorf("groups %q", got)
	}
	if got := titles("unit"); got != nil {
		t.Errorf("units are chosen from %q", got)
	}
}

func TestUndoAndRedoGoStepByStepAndSayWhichIsThere(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	shown := func(back, again bool) {
		t.Helper()
		if d.sheet.Load(); d.sheet.back.Visible() != back || d.sheet.again.Visible() != again {
			t.Errorf("undo %v, redo %v are offered", d.sheet.back.Visible(), d.sheet.again.Visible())
		}
	}
	says := func(id, want string) {
		t.Helper()
		if got := d.work(id).Title; got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
	shown(false, false)
	d.sheet.Undo()
	if n := d.notice(); n.Text != "没有可撤销的更正。" || len(d.Errors) > 0 {
		t.Errorf("%+v %v", n, d.Errors)
	}
	d.put("w000001", "title", "甲")
	d.put("w000002", "title", "乙")
	shown(true, false)
	d.sheet.Undo()
	says("w000002", "作品02")
	says("w000001", "甲")
	shown(true, true)
	d.sheet.Undo()
	says("w000001", "作品01")
	shown(false, true)
	d.sheet.Redo()
	says("w000001", "甲")
	says("w000002", "作品02")
	d.put("w000003", "title", "丙") // what was undone before it is not made again any more
	shown(true, false)
	d.sheet.Redo()
	if n := d.notice(); n.Text != "没有可重做的更正。" {
		t.Errorf("%+v", n)
	}
	says("w000002", "作品02")
}

func TestALockRefusesACellAndSaysWhy(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	d := at(t, o)
	if k := d.put("w000001", "category", "书法"); k.Wrong != "作品已分给评委，类别不能再改。" {
		t.Errorf("%+v", k)
	}
	if d.work("w000001").Category != "摄影" || len(d.Asked) > 0 || d.acts() != 0 {
		t.Error("a category that judges have was changed or asked about")
	}
	pagetest.Score(t, o)
	if k := d.put("w000001", "group", "小学组"); k.Wrong != "作品已有评分，组别不能再改。" {
		t.Errorf("%+v", k)
	}
	if got := d.work("w000001").Group; got != "成人组" {
		t.Errorf("group %q", got)
	}
}

// answer gives a reason to the last question.
func (d *bench) answer(reason string) error {
	d.t.Helper()
	pagetest.Fill(d.t, d.Asked[len(d.Asked)-1], reason)
	return d.Answer(d.t)
}

func TestAReasonIsAskedOnceJudgesHaveWorksAndOfferedForTheNext(t *testing.T) {
	d := at(t, pagetest.WithPlan(t, 6))
	if k := d.put("w000001", "title", "甲"); !k.Asks || k.Wrong != "" {
		t.Fatalf("%+v", k)
	}
	if err := d.answer(" "); judging.CodeOf(err) != judging.Invalid || d.work("w000001").Title != "作品01" {
		t.Fatalf("without a reason: %v", err)
	}
	if err := d.answer("单位来函"); err != nil || d.work("w000001").Title != "甲" {
		t.Fatalf("%v", err)
	}
	d.put("w000002", "title", "乙")
	field := kittest.All[*field.Text](d.Asked[len(d.Asked)-1].Content)[0]
	if field.Text() != "单位来函" || d.work("w000002").Title != "作品02" {
		t.Errorf("the next question offers %q", field.Text())
	}
	d.sheet.Undo() // taking back wants a reason too
	if d.work("w000001").Title != "甲" {
		t.Fatal("taken back without a reason")
	}
	if err := d.answer("来函有误"); err != nil || d.work("w000001").Title != "作品01" {
		t.Errorf("%v", err)
	}
}
