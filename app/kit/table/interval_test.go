package table_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fayi/app/kit/chart"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
)

type placed struct {
	name    string
	at, low float64
	open    bool
}

// newPlaced is a list of three rows on a scale from 0 to 10 with a line at 5.
func newPlaced(sh *kittest.Shell) (*table.Intervals[placed], fyne.CanvasObject) {
	span := func(p placed) chart.Span {
		return chart.Span{Drawn: p.at > 0, Low: p.low, High: p.at + 1, At: p.at, Open: p.open, Tone: look.Info}
	}
	list := table.NewIntervals(
		func(p placed) string { return p.name },
		span,
		table.TextColumn("名称", 6, 0, func(p placed) string { return p.name }),
		table.Column[placed]{Min: 20, Weight: 1},
	)
	root := sh.Put(list)
	list.SetRows(chart.Scale{
		Low:   0,
		High:  10,
		Lines: []chart.ScaleLine{{At: 5, Text: "中"}, {At: 5.1, Text: "压住"}, {At: 9, Text: "末"}},
	},
		[]placed{{"甲", 2, 1, false}, {"乙", 8, 6, true}, {"丙", 0, 0, false}})
	kittest.Settle(root)
	return list, root
}

func TestIntervalsDrawADotForEachValueHollowWhereOpen(t *testing.T) {
	sh := kittest.New(t)
	_, root := newPlaced(sh)
	dots := kittest.All[*canvas.Circle](root)
	if len(dots) != 2 || dots[0].StrokeWidth != 0 || dots[1].StrokeWidth == 0 {
		t.Fatalf("%d dots", len(dots))
	}
	if a, b := dots[0].Position().X, dots[1].Position().X; a >= b {
		t.Errorf("2 is drawn at %v, 8 at %v", a, b)
	}
}

func TestWordsOverLinesDoNotCoverEachOther(t *testing.T) {
	sh := kittest.New(t)
	_, root := newPlaced(sh)
	if got := kittest.Texts(root); !slices.Contains(got, "中") || !slices.Contains(got, "末") ||
		slices.Contains(got, "压住") {
		t.Errorf("%q", got)
	}
}

func TestIntervalsAreSelectedAndOpenedByMouseAndKeys(t *testing.T) {
	sh := kittest.New(t)
	list, root := newPlaced(sh)
	var opened []string
	list.OnOpen = func(p placed) { opened = append(opened, p.name) }
	kittest.TapRow(t, root, "甲", 2)
	kittest.Press(sh.Win, fyne.KeyDown)
	kittest.Press(sh.Win, fyne.KeyReturn)
	kittest.Press(sh.Win, fyne.KeyEnd)
	if row, ok := list.Selected(); !ok || row.name != "丙" || !slices.Equal(opened, []string{"甲", "乙"}) {
		t.Errorf("%v selected, %v opened", row, opened)
	}
	list.SetRows(chart.Scale{High: 10}, []placed{{"甲", 2, 1, false}})
	if _, ok := list.Selected(); ok {
		t.Error("a row that is gone is still selected")
	}
	list.Select("甲")
	list.Select("无")
	if _, ok := list.Selected(); ok || len(list.Rows()) != 1 {
		t.Error("selected what is not there")
	}
}

func TestAScaleOfOneValueDrawsInTheMiddle(t *testing.T) {
	sh := kittest.New(t)
	list, root := newPlaced(sh)
	list.SetRows(chart.Scale{Low: 1, High: 1}, []placed{{"甲", 1, 1, false}})
	kittest.Settle(root)
	if dots := kittest.All[*canvas.Circle](root); len(dots) != 1 || dots[0].Position().X < 100 {
		t.Errorf("%v", dots)
	}
}
