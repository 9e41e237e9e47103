package review

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office/review"
)

func TestBlindItemsAreOpenUntilLookedAt(t *testing.T) {
	items := blindItems([]review.BlindState{
		{
			Work: "w1", Code: "SF-1", Title: "王小明的梦", TitleNames: []judging.NameHit{{}},
			Files: []review.BlindFileState{{N: 1, Needs: []review.Need{review.NeedMark}}, {N: 2}},
		},
		{
			Work: "w2", Code: "SF-2", Title: "春",
			Files: []review.BlindFileState{
				{N: 1, Needs: []review.Need{review.NeedWatch}, Looked: true},
				{N: 3, Needs: []review.Need{review.NeedPrepare}, Looked: true},
			},
		},
	})
	var got []string
	for _, i := range items {
		got = append(got, i.key()+" "+i.state())
	}
	if want := "w1/0 open, w1/1 open, w1/2 ready, w2/1 seen, w2/3 open"; strings.Join(got, ", ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	for from, want := range map[string]string{"": "w1/0", "w1/0": "w1/1", "w1/1": "w2/3", "w2/3": "w1/0"} {
		if next, ok := nextOpen(items, from); !ok || next.key() != want {
			t.Errorf("after %q comes %v, want %s", from, next.key(), want)
		}
	}
	if _, ok := nextOpen(items[2:4], ""); ok {
		t.Error("nothing open, yet something comes next")
	}
}

func TestAPictureIsLookedAtAndCovered(t *testing.T) {
	o := pagetest.WithWorks(t, 3)
	sh := kittest.New(t)
	p := newBlindPage(sh, page.PapersOf(o))
	root := sh.Open(p)
	if !kittest.Shows(root, "从左边的表中选一项") || !kittest.Shows(root, "还有 1 处要看") {
		t.Errorf("at first: %q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "生成盲评副本")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	kittest.TapRow(t, root, "作品01", 1)
	if p.sight.pic == nil || !kittest.Shows(root, "拖方框遮盖") {
		t.Fatalf("the picture is not shown: %q", kittest.Texts(root))
	}
	at := func(x, y float32) fyne.PointEvent {
		return fyne.PointEvent{Position: fyne.NewPos(x*p.editor.Size().Width, y*p.editor.Size().Height)}
	}
	p.editor.Dragged(&fyne.DragEvent{PointEvent: at(.5, .5)})
	p.editor.Dragged(&fyne.DragEvent{PointEvent: at(.9, .9)})
	p.editor.DragEnd()
	masks := func() []judging.Mask {
		w, err := o.Work(t.Context(), string(p.item.work))
		if err != nil {
			t.Fatal(err)
		}
		return w.Files[0].Masks
	}
	if m := masks(); len(m) != 1 || m[0].X < .4 || m[0].X+m[0].W > 1 {
		t.Fatalf("masks %+v", m)
	}
	if !p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) || len(masks()) != 0 {
		t.Errorf("the mask is still there: %+v", masks())
	}
	if !p.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) || !p.item.file.Looked {
		t.Error("the space bar must tick")
	}
	list, err := o.Review().BlindnessReport(t.Context())
	if err != nil || !list[0].Files[0].Looked && !list[len(list)-1].Files[0].Looked {
		t.Errorf("%+v, %v", list, err)
	}
	kittest.Tap(t, root, "改为待看")
	if p.item.file.Looked {
		t.Error("taken back, yet looked at")
	}
}
