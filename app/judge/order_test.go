package judge_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/kit/gallery"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

func TestPointsAreTypedAndCounted(t *testing.T) {
	b := atWork(t, votingDesk(t, "kind = \"points\"\npoints = 10\nexactly = true"))
	b.shows("点数", "0 至 10", "已分 0 点，还可分 10 点")
	b.typing("7")
	b.shows("已分 7 点，还可分 3 点")
	b.shot("desk_points")
	b.press(fyne.KeyReturn)
	b.typing("5")
	b.shows("已分 12 点，多分了 2 点")
	b.typing("5") // 55: no number of points that there are
	b.press(fyne.KeyBackspace, fyne.KeyBackspace)
	b.typing("3")
	b.shows("已分 10 点，还可分 0 点")
	b.press(fyne.KeyReturn)
	for i, want := range []float64{7, 3} {
		if got := b.ballot(i); got.State != judging.Scored || got.Total != want {
			t.Errorf("kept %+v, not %v", got, want)
		}
	}
	b.press(fyne.KeyEscape)
	kittest.Tap(t, b.root, "其余 2 件都给 0 点")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{7, 3, 0, 0} {
		if got := b.ballot(i); got.State != judging.Scored || got.Total != want {
			t.Errorf("kept %+v, not %v", got, want)
		}
	}
	b.shows("7 点", "0 点")
	b.shot("desk_points_list")
}

// places are those of the works, in the order of the list.
func (b *bench) places() (out [4]float64) {
	for i := range out {
		if got := b.ballot(i); got.State == judging.Scored {
			out[i] = got.Total
		}
	}
	return out
}

func TestWorksAreRankedByTypingDraggingAndKeys(t *testing.T) {
	b := atWork(t, votingDesk(t, "kind = \"ranking\"\nplaces = 3"))
	b.shows("名次", "1 至 3；不列名次填 0", "已排 0 名，还可排 3 名")
	b.typing("2")
	b.shows("没有第 1 名")
	b.press(fyne.KeyReturn)
	b.typing("2")
	b.shows("第 2 名给了不止一件")
	b.press(fyne.KeyReturn, fyne.KeyEscape)
	kittest.Tap(t, b.root, "排名次")
	b.shows("第 2 名给了不止一件", "还没有评")
	o := kittest.All[*gallery.Order](b.root)[0]
	code := func(i int) string { return string(b.duties().Works[i].Code) }
	o.OnMove(code(2), 0) // as dragging does
	if got := b.places(); got != [4]float64{2, 3, 1, 0} {
		t.Errorf("dragged to the front: %v", got)
	}
	b.shows("已排 3 名，还可排 0 名")
	b.shot("desk_order")
	o.Select(code(1))
	o.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierAlt})
	if got := b.places(); got != [4]float64{3, 2, 1, 0} {
		t.Errorf("one up by keys: %v", got)
	}
	o.OnMove(code(3), 0) // the last of three has no place any more
	if got := b.places(); got != [4]float64{0, 3, 2, 1} {
		t.Errorf("a fourth to the front: %v", got)
	}
	o.OnMove(code(2), 3) // below those with places
	if got := b.places(); got != [4]float64{0, 2, 0, 1} {
		t.Errorf("taken out: %v", got)
	}
	b.shows("第 1 名", "第 2 名", "不列名次")
}
