package gallery_test

import (
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/gallery"
	"fayi/app/kit/kittest"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
)

func TestGallerySelectsOpensAndKeepsItsPlace(t *testing.T) {
	sh := kittest.New(t)
	g := gallery.New(func(f fruit) string { return f.name }, func(f fruit) table.Cell {
		return table.Cell{
			Text: f.name,
		}
	}, func(fruit) (image.Image, fyne.Resource) { return nil, theme.FileImageIcon() })
	var selected, opened []string
	g.OnSelect, g.OnOpen = func(f fruit) {
		selected = append(selected, f.name)
	}, func(f fruit) { opened = append(opened, f.name) }
	g.SetEmpty(status.NewEmpty("还没有图", "", nil))
	root := sh.Put(g)
	if !kittest.Shows(root, "还没有图") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	g.SetItems(fruits)
	g.Select("苹果")
	g.SetItems(fruits[1:])
	if f, ok := g.Selected(); !ok || f.name != "苹果" {
		t.Errorf("selected %v %v", f, ok)
	}
	cells := kittest.All[*canvas.Image](root)
	if len(cells) != 2 {
		t.Fatalf("%d pictures", len(cells))
	}
	for range 2 {
		kittest.TapText(t, root, "杏")
	}
	kittest.Press(sh.Win, fyne.KeyLeft)
	kittest.Press(sh.Win, fyne.KeyReturn)
	if !slices.Equal(selected, []string{"苹果", "杏", "苹果"}) || !slices.Equal(opened, []string{"杏", "苹果"}) {
		t.Errorf("selected %v, opened %v", selected, opened)
	}
}

type fruit struct {
	name  string
	count int
}

var fruits = []fruit{{"梨", 3}, {"苹果", 10}, {"杏", 1}}
