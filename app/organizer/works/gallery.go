package works

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/gallery"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// worksGallery shows the works of the list as pictures in its place.
type worksGallery struct {
	grid   *gallery.Gallery[judging.Work]
	shelf  *page.ThumbShelf
	choice *choice.Segments
	stack  *fyne.Container // the list, or the pictures
	rows   []judging.Work
}

// Ways to look at works.
const (
	asList     = "list"
	asPictures = "pictures"
)

// newWorksGallery puts the pictures next to the list in one place. shown is called when the user takes the other
// way to look.
func newWorksGallery(sh kit.Shell, o page.ThumbOffice, list fyne.CanvasObject, shown func()) *worksGallery {
	g := &worksGallery{}
	g.shelf = page.NewThumbShelf(sh, o, func(id judging.WorkID) { g.grid.Came(string(id)) })
	g.grid = gallery.New(func(w judging.Work) string { return string(w.ID) }, workCaption,
		func(w judging.Work) (image.Image, fyne.Resource) { return g.shelf.Get(w) })
	g.grid.Hide()
	g.stack = container.NewStack(list, g.grid)
	g.choice = choice.NewSegments(
		[]choice.Option{
			{Key: asList, Title: sh.T("viewer.as_list", nil)},
			{Key: asPictures, Title: sh.T("viewer.as_pictures", nil)},
		},
		asList,
		func(key string) { g.look(key); shown() },
	)
	return g
}

func workCaption(w judging.Work) table.Cell {
	return table.Cell{Text: string(w.Code) + " " + w.Title, Tone: captionTone(w)}
}

// captionTone marks what still needs something.
func captionTone(w judging.Work) look.Tone {
	if len(w.Files) == 0 {
		return look.Waiting
	}
	if w.Status != judging.Accepted {
		return page.StatusTone(w.Status)
	}
	return look.Plain
}

// pictures reports whether pictures are shown.
func (g *worksGallery) pictures() bool { return g.grid.Visible() }

// look shows the list or the pictures.
func (g *worksGallery) look(key string) {
	list := g.stack.Objects[0]
	if key == asPictures {
		list.Hide()
		g.grid.SetItems(g.rows)
		g.grid.Show()
		return
	}
	g.grid.Hide()
	list.Show()
}

// choose is look by the program instead of the user.
func (g *worksGallery) choose(key string) {
	g.choice.Choose(key)
	g.look(key)
}

// setRows replaces what is shown; pictures that nobody looks at are not asked for.
func (g *worksGallery) setRows(rows []judging.Work) {
	g.rows = rows
	if g.pictures() {
		g.grid.SetItems(rows)
	}
}
