package viewer

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/status"
	"fayi/app/kit/zoom"
	"fayi/judging"
	"fayi/judging/media/pdf"
)

// pageSide is how wide a page is drawn, in pixels: enough to read small print enlarged.
const pageSide = 1800

// newEngine returns what opens PDF files, not started yet. What it compiles at its first start is kept for the next.
func newEngine() *pdf.Engine {
	c := pdf.Config{Fonts: pdf.SystemFonts()}
	if dir, err := os.UserCacheDir(); err == nil {
		c.Cache = filepath.Join(dir, "fayi", "pdf")
	}
	return pdf.NewEngine(c)
}

// paper shows a PDF page by page. Its document stays open while it is shown.
type paper struct {
	widget.BaseWidget

	view  *Viewer
	at    Spot
	n     int // the page shown or asked for, from 0
	pages int // 0 while that is not known
	zoom  *zoom.Zoom
	body  *fyne.Container

	fromEnd bool // the next page shown is read from its end
	open    openPaper
}

// openPaper is the document behind a paper. It belongs to whoever holds its lock.
type openPaper struct {
	sync.Mutex

	doc    *pdf.Document
	file   io.Closer
	closed bool
}

func newPaper(v *Viewer, at Spot) *paper {
	p := &paper{view: v, at: at, body: container.NewStack()}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *paper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.body) }

// turn shows page n off the UI thread.
func (p *paper) turn(n int) {
	sh := p.view.sh
	p.n = n
	if p.zoom == nil {
		p.put(status.NewEmpty(sh.T("desk.opening", nil), "", nil))
	}
	var made *zoom.Picture
	pages := 0
	sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		p.open.Lock()
		defer p.open.Unlock()
		if err := p.ready(ctx); err != nil {
			return err
		}
		img, err := p.open.doc.Picture(ctx, n, pageSide)
		if err == nil {
			made, pages = zoom.NewPicture(img, 1), p.open.doc.Pages()
		}
		return err
	}, func(err error) {
		switch {
		case p.n != n || p.view.paper != p:
		case err != nil:
			p.view.put(p.view.placeholder(err))
		default:
			p.letGo()
			p.pages = pages
			p.zoom = zoom.New(made, p.view.looked)
			p.zoom.OnEnd = p.view.readPage
			p.put(p.zoom)
			p.view.shelf.sawFile(p.at)
			p.zoom.Look(p.view.shelf.pageLook)
			if p.fromEnd {
				p.zoom.End()
				p.fromEnd = false
			}
			p.view.tellCount()
			p.view.tellScale()
		}
	})
}

// ready opens the document if it is not. The caller holds the lock.
func (p *paper) ready(ctx context.Context) error {
	if p.open.closed {
		return context.Canceled
	}
	if p.open.doc != nil {
		return nil
	}
	f, err := p.view.shelf.desk.Files.OpenFile(ctx, p.at.Code, p.at.N, 0)
	if err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return judging.Fail(judging.Unavailable, "media.unreadable", nil).Because(err)
	}
	doc, err := p.view.shelf.engine.Open(ctx, f, size)
	if err != nil {
		f.Close()
		return err
	}
	p.open.doc, p.open.file = doc, f
	return nil
}

func (p *paper) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// letGo lets go of the page that was shown.
func (p *paper) letGo() {
	if p.zoom != nil {
		p.zoom.Close()
	}
}

// close releases the document when nothing reads it any more.
func (p *paper) close() {
	p.letGo()
	p.view.sh.Quietly(func(context.Context, kit.Progress) error {
		p.open.Lock()
		defer p.open.Unlock()
		p.open.closed = true
		if p.open.doc == nil {
			return nil
		}
		err := p.open.doc.Close()
		p.open.file.Close()
		p.open.doc = nil
		return err
	}, func(error) {})
}
