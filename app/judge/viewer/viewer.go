package viewer

import (
	"context"
	"errors"
	"image"
	"io"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/judge/player"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/gallery"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/zoom"
	"fayi/judging"
	"fayi/judging/media/picture"
)

// Viewer shows the files of a work, one at a time.
type Viewer struct {
	sh      kit.Shell
	shelf   *Shelf
	work    judging.BlindWork
	n       int           // the file shown, from 0
	asked   atomic.Int64  // counts what was asked for, so that what comes late is not shown
	zoom    *zoom.Zoom    // nil while no picture is shown
	essay   *essay        // nil while no text is shown
	paper   *paper        // nil while no PDF is shown
	panel   *player.Panel // nil while no sound or film is shown
	panelAt Spot          // the file of panel
	heard   *heard        // nil while no sound plays behind another file
	Content fyne.CanvasObject
	sides   *fyne.Container // the work, and another one next to it
	body    *fyne.Container
	bar     viewerBar
	rival   *rival // nil while no other work is compared
}

// viewerBar is what stands below a file.
type viewerBar struct {
	content *fyne.Container
	files   *fyne.Container
	thumbs  map[Spot]*gallery.Thumb // of several files, in order
	count   *canvas.Text
	scale   *button.Button
	looks   *button.Button // fitted, as wide as the room, half, full size
	full    *button.Button
	sound   *button.Button    // holds what plays behind another file, or lets it go on
	turns   [2]*button.Button // to the work before and after
}

// decoding lets one picture be decoded whole at a time, for its memory.
var decoding sync.Mutex

// New returns the viewer of a work whose files stand on a shelf. Nothing is shown before Open.
func New(on *Shelf, w judging.BlindWork) *Viewer {
	v := &Viewer{sh: on.sh, shelf: on, work: w, body: container.NewStack()}
	v.bar = v.newBar()
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground))
	ground.CornerRadius = 6
	v.sides = container.NewStack(v.body)
	v.Content = lay.Fill(nil, container.NewStack(ground, v.sides), v.bar.content)
	return v
}

func (v *Viewer) newBar() viewerBar {
	sh := v.sh
	b := viewerBar{count: look.NewText("", look.Body, look.Plain), scale: button.New("", v.Toggle)}
	b.files = lay.Row(lay.Gap8, button.NewIcon(theme.MediaSkipPreviousIcon(), func() { v.Turn(-1) }), b.count,
		button.NewIcon(theme.MediaSkipNextIcon(), func() { v.Turn(1) }))
	b.scale.Hide()
	b.looks = button.NewPlain(sh.T("desk.looks", nil), nil)
	b.looks.OnTapped = func() { v.chooseLook(b.looks) }
	b.looks.Hide()
	b.sound = button.New("", v.toggleHeard)
	b.sound.Hide()
	b.full = button.NewIcon(theme.ViewFullScreenIcon(), func() { v.shelf.desk.Full() })
	b.turns[0] = button.New(sh.T("desk.prev_work", nil), func() { v.shelf.desk.Step(-1) })
	b.turns[1] = button.New(sh.T("desk.next_work", nil), func() { v.shelf.desk.Step(1) })
	b.content = container.NewBorder(
		v.strip(&b),
		nil,
		b.turns[0],
		b.turns[1],
		container.NewCenter(lay.Row(lay.Gap8, b.files, b.sound, b.scale, b.looks, b.full)),
	)
	return b
}

// strip is a row of thumbnails of a work's files to press; nil for one file or none.
func (v *Viewer) strip(b *viewerBar) fyne.CanvasObject {
	if len(v.work.Files) < 2 {
		return nil
	}
	b.thumbs = map[Spot]*gallery.Thumb{}
	row := lay.Row(lay.Gap4)
	for n := range v.work.Files {
		at := Spot{Code: v.work.Code, N: n}
		b.thumbs[at] = v.shelf.ThumbOf(at, look.Em(5), look.Em(3.5))
		row.Add(button.NewPress(b.thumbs[at], func() { v.Open(n) }))
	}
	return container.NewHScroll(container.NewCenter(row))
}

// Alone hides the ways to other works and to the whole screen, where two works stand next to each other.
func (v *Viewer) Alone() {
	v.bar.turns[0].Hide()
	v.bar.turns[1].Hide()
	v.bar.full.Hide()
}

// ShowBar shows what stands below the file, or hides it.
func (v *Viewer) ShowBar(shown bool) {
	if shown == v.bar.content.Visible() {
		return
	}
	if shown {
		v.bar.content.Show()
	} else {
		v.bar.content.Hide()
	}
	v.Content.Refresh()
}

// Came shows a thumbnail that was not there yet.
func (v *Viewer) Came(at Spot, img image.Image) {
	if t := v.bar.thumbs[at]; t != nil {
		t.Set(img)
	}
}

// Open shows file n. A work without files says so.
func (v *Viewer) Open(n int) {
	files := v.work.Files
	if len(files) == 0 {
		v.put(status.NewEmpty(v.sh.T("desk.no_file", nil), v.sh.T("desk.no_file_text", nil), nil))
		v.tellCount()
		return
	}
	v.n = min(max(n, 0), len(files)-1)
	v.tellCount()
	at := Spot{Code: v.work.Code, N: v.n}
	switch {
	case v.plays(at):
		return
	case !v.shelf.drawable(at):
		v.put(v.placeholder(nil))
		return
	}
	asked := v.asked.Add(1)
	waits := func() bool { return v.asked.Load() == asked }
	v.shelf.show(at, waits, func(l *leaf) {
		if waits() {
			v.showLeaf(l)
		}
	})
	if waits() {
		v.put(status.NewEmpty(v.sh.T("desk.opening", nil), "", nil))
		asked = v.asked.Load()
	}
}

// showLeaf shows a file that was read.
func (v *Viewer) showLeaf(l *leaf) {
	switch {
	case l.err != nil:
		v.put(v.placeholder(l.err))
	case l.picture != nil:
		z := zoom.New(l.picture, v.looked)
		z.OnCoarse = v.sharpen
		v.put(z)
		v.shelf.sawFile(v.here())
		z.Look(v.shelf.look)
	case l.pages:
		p := newPaper(v, Spot{Code: v.work.Code, N: v.n})
		v.put(p)
		p.turn(0)
	case l.text != nil:
		v.showText(l)
	default:
		v.put(v.placeholder(nil))
	}
}

// sharpen reads the whole picture in place of its copy at the size of the screen.
func (v *Viewer) sharpen() {
	sh, n, z, asked := v.sh, v.n, v.zoom, v.asked.Load()
	var whole *zoom.Picture
	sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		f, err := v.shelf.desk.Files.OpenFile(ctx, v.work.Code, n, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		decoding.Lock()
		defer decoding.Unlock()
		img, turn, err := picture.Decode(&wanted{f, func() error {
			if v.asked.Load() != asked {
				return context.Canceled
			}
			return ctx.Err()
		}})
		if err == nil {
			whole = zoom.NewPicture(img, turn)
		}
		return err
	}, func(err error) {
		if err == nil && v.zoom == z {
			z.Sharpen(whole)
		}
	})
}

// wanted is a file that stops being readable when nobody wants it any more, so that a large picture is not decoded
// for nothing.
type wanted struct {
	io.ReadSeeker

	still func() error
}

// Read reads while the file is wanted.
func (w *wanted) Read(p []byte) (int, error) {
	if err := w.still(); err != nil {
		return 0, err
	}
	return w.ReadSeeker.Read(p)
}

// put shows o in place of what was shown, which is let go of.
func (v *Viewer) put(o fyne.CanvasObject) {
	v.asked.Add(1)
	if v.paper != nil && v.paper != o {
		v.paper.close()
	}
	if v.zoom != nil && v.zoom != o {
		v.zoom.Close()
	}
	v.putPanel(o)
	v.zoom, _ = o.(*zoom.Zoom)
	v.essay, _ = o.(*essay)
	v.paper, _ = o.(*paper)
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
	v.tellScale()
}

// Close lets go of what is shown: a picture may be large.
func (v *Viewer) Close() {
	v.put(lay.Blank(0, 0))
	v.hush()
}

// placeholder stands for a file that is not drawn here because of err, or because it never is.
func (v *Viewer) placeholder(err error) fyne.CanvasObject {
	sh, f := v.sh, v.work.Files[v.n]
	v.markUnseen()
	title := sh.T("desk.file", map[string]any{"Kind": kindWord(sh, f.Kind), "Size": size(f.Bytes)})
	open := button.New(sh.T("desk.open_outside", nil), v.openOutside)
	var own *judging.Error
	switch {
	case err == nil:
		return status.NewEmpty(title, sh.T("desk.elsewhere", nil), open)
	case errors.As(err, &own) && own.Text == "blind.not_clean":
		return status.NewEmpty(title, sh.Err(err), nil) // nor is it given to other programs
	case own != nil && slices.Contains(broken, own.Text):
		return status.NewEmpty(title, sh.T("desk.broken", nil), open) // they may show a part of it
	}
	return status.NewEmpty(title, sh.Err(err), open)
}

// broken are the errors of files that nobody can read. Their words are for the organiser, who can have the file sent
// again.
var broken = []string{
	"media.bad_picture", "media.bad_film", "media.bad_sound", "media.bad_prose", "pdf.bad", "pdf.password",
}

// kindWord is the word for a kind of file; kinds this desk does not know are called other.
func kindWord(text kit.Texter, kind string) string {
	switch kind {
	case "picture", "video", "audio", "document", "text":
		return text.T("desk.kind_"+kind, nil)
	}
	return text.T("desk.kind_other", nil)
}

// openOutside gives a nameless copy of the file to the program the system opens such files with.
func (v *Viewer) openOutside() {
	sh, n, kind := v.sh, v.n, v.work.Files[v.n].Kind
	var at *url.URL
	sh.Run(sh.T("desk.opening", nil), func(ctx context.Context, _ kit.Progress) error {
		f, err := v.shelf.desk.Files.OpenFile(ctx, v.work.Code, n, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		if at, err = v.shelf.outside.copy(v.work.Code, n, &wanted{f, ctx.Err}); err != nil {
			return err
		}
		if v.shelf.open(at) != nil {
			return judging.Fail(judging.Unavailable, "desk.no_program", judging.Args{"Program": programFor(sh, kind)})
		}
		return nil
	}, func(err error) {
		if err == nil {
			v.shelf.sawFile(Spot{Code: v.work.Code, N: n})
		}
		sh.ShowError(err)
	})
}

// programFor names the programs that open a kind of file.
func programFor(text kit.Texter, kind string) string {
	switch kind {
	case "video", "audio", "document":
		return text.T("desk.program_"+kind, nil)
	}
	return text.T("desk.program_other", nil)
}
