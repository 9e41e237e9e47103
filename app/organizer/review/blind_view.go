package review

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/zoom"
	"fayi/judging"
	"fayi/judging/media/picture"
	"fayi/judging/media/prose"
	"fayi/judging/office/workfiles"
)

type blindSource interface {
	Work(ctx context.Context, idOrCode string) (judging.Work, error)
	OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error)
	WorkPage(ctx context.Context, id judging.WorkID, n, page, width int) (workfiles.PagePicture, error)
}

// blindSight is what was read of an item: a picture, a page or words.
type blindSight struct {
	work  judging.Work
	pic   *zoom.Picture
	page  int // from 0
	pages int // 0 for what has none
	text  string
}

// sightWidth is the width, and the longer side, of pictures to look for signatures on, in pixels.
const sightWidth = 1800

// readSight reads what there is to see of an item. What can't be shown has neither picture nor text, and is no error.
func readSight(ctx context.Context, o blindSource, i blindItem, page int) (s blindSight, err error) {
	if s.work, err = o.Work(ctx, string(i.work)); err != nil || i.n == 0 || i.n > len(s.work.Files) {
		return s, err
	}
	switch i.file.Kind {
	case "picture":
		f, err := o.OpenWorkFile(ctx, i.work, i.n-1)
		if err != nil {
			return s, err
		}
		defer f.Close()
		img, err := picture.Thumbnail(f, sightWidth)
		if err == nil {
			s.pic = zoom.NewPicture(img, 1)
		}
		return s, unlessInvalid(err)
	case "document", "text":
		return s, s.read(ctx, o, i, page)
	}
	return s, nil
}

// read takes a document as pages, or as words when it has none.
func (s *blindSight) read(ctx context.Context, o blindSource, i blindItem, page int) error {
	p, err := o.WorkPage(ctx, i.work, i.n-1, page, sightWidth)
	if err == nil {
		s.pic, s.page, s.pages = zoom.NewPicture(p.Image, 1), p.Page, p.Pages
		return nil
	}
	if judging.CodeOf(err) != judging.Invalid {
		return err
	}
	f, err := o.OpenWorkFile(ctx, i.work, i.n-1)
	if err != nil {
		return err
	}
	defer f.Close()
	const most = 64 << 20
	data, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return err
	}
	s.text, err = prose.Read(bytes.NewReader(data), int64(len(data)))
	return unlessInvalid(err)
}

// unlessInvalid forgives what is only wrong with the file: it can't be shown, that is all.
func unlessInvalid(err error) error {
	if judging.CodeOf(err) == judging.Invalid && !errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// namesShown shows words with the names of w in them made bold and red.
func namesShown(text string, w judging.Work) fyne.CanvasObject {
	const most = 60_000 // bytes that are laid out
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	plain := widget.RichTextStyle{Inline: true, SizeName: theme.SizeNameText, ColorName: theme.ColorNameForeground}
	loud := plain
	loud.ColorName, loud.TextStyle = theme.ColorNameError, fyne.TextStyle{Bold: true}
	var parts []widget.RichTextSegment
	at := 0
	for _, h := range judging.FindNames(text, w) {
		parts = append(
			parts, &widget.TextSegment{Text: text[at:h.From], Style: plain},
			&widget.TextSegment{Text: text[h.From:h.To], Style: loud},
		)
		at = h.To
	}
	parts = append(parts, &widget.TextSegment{Text: text[at:], Style: plain})
	rich := widget.NewRichText(parts...)
	rich.Wrapping = fyne.TextWrapWord
	return lay.VScroll(rich)
}
