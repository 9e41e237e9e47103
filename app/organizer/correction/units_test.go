package correction

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office/correction"
)

func TestUnitsAreRenamedAndMergedInTheWindow(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := pagetest.Open(t, func(sh kit.Shell) *unitsPage { return newUnitsPage(sh, page.StagesOf(o), nil) })
	kittest.TapRow(t, root, "单位1", 2)
	pagetest.Overwrite(t, sh, "示例县第一小学")
	pagetest.Press(sh, fyne.KeyReturn)
	p.Load()
	if pagetest.WorkOf(t, o, "w000001").Unit != "示例县第一小学" || !kittest.Shows(root, "示例县第一小学") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.TapRow(t, root, "单位2", 2)
	pagetest.Overwrite(t, sh, "示例县第一小学") // taken: it asks whether both are one
	pagetest.Press(sh, fyne.KeyReturn)
	if len(sh.Asked) != 1 || pagetest.WorkOf(t, o, "w000002").Unit != "单位2" {
		t.Fatalf("%d questions", len(sh.Asked))
	}
	if !kittest.Shows(sh.Put(sh.Asked[0].Content), "2 件作品改为“示例县第一小学”") {
		t.Errorf("%q", kittest.Texts(sh.Asked[0].Content))
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if pagetest.WorkOf(t, o, "w000002").Unit != "示例县第一小学" {
		t.Error("not merged")
	}
	sh.Told[len(sh.Told)-1].Do()
	if pagetest.WorkOf(t, o, "w000002").Unit != "单位2" {
		t.Error("the merge was not taken back")
	}
}

func TestTheUnitsPageFits(t *testing.T) {
	o := pagetest.WithWorks(t, 40)
	_, err := o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: unitsFile(t, unitsCSV)})
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "units", func(sh kit.Shell) kit.Page {
		p := newUnitsPage(sh, page.StagesOf(o), nil)
		return selecting{p}
	})
}

// selecting is the page with the facts of a listed unit shown.
type selecting struct{ *unitsPage }

func (s selecting) Load() {
	s.unitsPage.Load()
	s.table.Select("单位1")
}
