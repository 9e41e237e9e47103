package assignment

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

func TestACellOfTheJudgesListIsChangedAndTakenBack(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh := kittest.New(t)
	p := newJudgesPage(sh, page.StagesOf(o), "")
	root := sh.Open(p)
	first := p.table.Rows()[0]
	kittest.TapRow(t, root, first.Unit, 2)
	pagetest.Overwrite(t, sh, "改过的单位")
	pagetest.Press(sh, fyne.KeyReturn)
	unit := func() string {
		t.Helper()
		j, err := o.Assignment().Judges(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range j {
			if x.ID == first.ID {
				return x.Unit
			}
		}
		t.Fatal("the judge is gone")
		return ""
	}
	if unit() != "改过的单位" || len(sh.Errors) > 0 {
		t.Fatalf("%q %v", unit(), sh.Errors)
	}
	if told := sh.Told[len(sh.Told)-1]; !strings.Contains(told.Text, first.Unit+" → 改过的单位") || told.Do == nil {
		t.Errorf("%+v", told)
	}
	p.Undo()
	if unit() != first.Unit {
		t.Errorf("after the undo: %q", unit())
	}
	p.Undo() // there is nothing more
	if unit() != first.Unit || len(sh.Errors) > 0 {
		t.Errorf("%q %v", unit(), sh.Errors)
	}
}
