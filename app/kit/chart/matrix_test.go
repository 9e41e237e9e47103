package chart_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/chart"
	"fayi/app/kit/kittest"
)

// newMatrix is a picture of n sides in groups of three.
func newMatrix(n int) *chart.Matrix {
	var sides []chart.MatrixSide
	values := make([][]int, n)
	for i := range n {
		sides = append(sides, chart.MatrixSide{Label: fmt.Sprintf("名%d", i), Group: fmt.Sprintf("组%d", i/3)})
		values[i] = make([]int, n)
		for k := range n {
			values[i][k] = min(i, k)
		}
	}
	return chart.NewMatrix(
		sides,
		values,
		"指一指",
		func(i, k int) string { return fmt.Sprintf("%d 和 %d：%d", i, k, values[i][k]) },
	)
}

// field is the part of the picture that is pressed.
func fieldOf(t *testing.T, root fyne.CanvasObject) fyne.Tappable {
	t.Helper()
	all := kittest.All[fyne.CanvasObject](root)
	i := slices.IndexFunc(all, func(o fyne.CanvasObject) bool { _, ok := o.(fyne.Tappable); return ok })
	if i < 0 {
		t.Fatal("nothing to press")
	}
	return all[i].(fyne.Tappable)
}

func TestTheMatrixTellsOfThePlacePressed(t *testing.T) {
	sh := kittest.New(t)
	m := newMatrix(4)
	root := sh.Put(m)
	if m.Words() != "指一指" {
		t.Fatal(m.Words())
	}
	f := fieldOf(t, root)
	size := f.(fyne.CanvasObject).Size()
	for x := float32(0); x < size.Width; x += 5 {
		for y := float32(0); y < size.Height; y += 5 {
			test.TapAt(f, fyne.NewPos(x, y))
		}
	}
	if m.Words() != "3 和 2：2" && m.Words() != "2 和 3：2" {
		t.Errorf("%q: the last place in the scan that is not on the diagonal", m.Words())
	}
}

func TestTheMatrixNamesRowsWhereThereIsRoomElseGroups(t *testing.T) {
	sh := kittest.New(t)
	root := sh.Put(newMatrix(6))
	if got := kittest.Texts(root); !slices.Contains(got, "名5") || slices.Contains(got, "组1") {
		t.Errorf("%q", got)
	}
	root = sh.Put(newMatrix(60))
	if got := kittest.Texts(root); slices.Contains(got, "名5") || !slices.Contains(got, "组1") {
		t.Errorf("%q", got)
	}
	if m := kittest.Misfits(sh.Win); len(m) > 0 {
		t.Error(m)
	}
}
