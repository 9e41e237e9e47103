package correction

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office/assignment"
)

// history shows what was changed of a work and returns the words.
func (d *bench) history(h *History, id string) []string {
	d.t.Helper()
	h.Show(d.work(id))
	return kittest.Texts(d.Put(h.Box))
}

// line is where a text stands in words, -1 for nowhere.
func line(words []string, part string) int {
	return slices.IndexFunc(words, func(w string) bool { return strings.Contains(w, part) })
}

func TestTheHistoryListsChangesOfOneWorkTheLatestFirst(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	h := NewHistory(d.sheet)
	if got := d.history(h, "w000001"); len(got) != 0 {
		t.Fatalf("a work nobody touched has %q", got)
	}
	d.put("w000001", "title", "甲")
	d.put("w000002", "title", "别的")
	d.put("w000001", "phone", "")
	got := d.history(h, "w000001")
	phone, title := line(got, "13900000000 → （空）"), line(got, "作品名称：作品01 → 甲")
	if line(got, "修改记录 2 条") != 0 || phone < 0 || title < phone || line(got, "别的") >= 0 {
		t.Errorf("%q", got)
	}
	if line(got, "组织者") < 0 {
		t.Errorf("nobody made the changes: %q", got)
	}
}

func TestAFieldIsChangedBackUnlessItWasChangedSince(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	h := NewHistory(d.sheet)
	d.put("w000001", "unit", "某馆")
	d.put("w000001", "unit", "某县某馆")
	got := d.history(h, "w000001")
	ways := 0
	for _, w := range got {
		if w == "改回原来的" {
			ways++
		}
	}
	if ways != 1 {
		t.Fatalf("%d ways back: %q", ways, got)
	}
	kittest.Tap(t, h.Box, "改回原来的")
	if got := d.work("w000001").Unit; got != "某馆" {
		t.Errorf("changed back to %q", got)
	}
	if got := d.history(h, "w000001"); line(got, "修改记录 3 条") != 0 {
		t.Errorf("the way back is no change of its own: %q", got)
	}
}

func TestTheHistorySaysWhatWasUndoneAndRedone(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	h := NewHistory(d.sheet)
	d.put("w000001", "title", "甲")
	d.sheet.Undo()
	if got := d.history(h, "w000001"); line(got, "后来撤销") < 0 || line(got, "甲 → 作品01") < 0 {
		t.Errorf("%q", got)
	}
	d.sheet.Redo()
	if got := d.history(h, "w000001"); line(got, " · 重做") < 0 {
		t.Errorf("%q", got)
	}
}

func TestALockIsSaidWhereAFieldCannotBeChangedBack(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	d := at(t, o)
	h := NewHistory(d.sheet)
	d.put("w000001", "category", "书法")
	if _, err := o.Assignment().PlanAssignment(t.Context(), planOf(3), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	d.history(h, "w000001")
	kittest.Tap(t, h.Box, "改回原来的")
	if n := d.notice(); n.Text != "作品已分给评委，类别不能再改。" || d.work("w000001").Category != "书法" {
		t.Errorf("%+v, category %q", n, d.work("w000001").Category)
	}
}

func TestALongHistoryIsCutAndSaysSo(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 2))
	h := NewHistory(d.sheet)
	for i := range mostRevised + 2 {
		d.put("w000001", "title", fmt.Sprintf("第%d稿", i+1))
	}
	got := d.history(h, "w000001")
	if line(got, "还有 2 条更早的") < 0 || line(got, "第31稿 → 第32稿") < 0 || line(got, "第1稿 → 第2稿") >= 0 {
		t.Errorf("%q", got)
	}
}

// planOf asks for a plan of so many judges a work.
func planOf(judges int) assignment.PlanRequest {
	seed := uint64(7)
	req := assignment.PlanRequest{Seed: &seed}
	req.PerWork = judges
	return req
}
