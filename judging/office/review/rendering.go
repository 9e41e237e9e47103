package review

import (
	"context"
	"io"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media"
	"fayi/judging/media/prose"
	"fayi/judging/media/scrub"
)

// maxMarkup is how many bytes a document of text and marks may have that is drawn again.
const maxMarkup = 8 << 20

// render writes what judges get of a file of a kind that has no cleaner: the words that it shows, or its film written
// again. It is false for other kinds. Errors: Invalid where nothing can be made, so that judges get nothing.
func (o Stage) render(ctx context.Context, w io.Writer, in original, head []byte, t filetype.Type) (bool, error) {
	var read func([]byte) (string, error)
	switch markup := prose.Markup(head); {
	case t.Kind == filetype.Text && markup == "svg":
		return false, judging.Fail(judging.Invalid, "scrub.unknown", nil)
	case t.Kind == filetype.Text && markup != "":
		read = prose.PageText
	case t.Name == "rtf":
		read = prose.RichText
	case t.Kind == filetype.Video && t.Clean == filetype.ByHand:
		return o.renderFilm(ctx, w, in, head)
	default:
		return false, nil
	}
	if in.size > maxMarkup {
		return false, judging.Fail(judging.Invalid, "scrub.too_big", judging.Args{"MaxMB": maxMarkup >> 20})
	}
	data, err := io.ReadAll(io.NewSectionReader(in.File, 0, in.size))
	if err != nil {
		return false, err
	}
	words, err := read(data)
	if err != nil {
		return false, err
	}
	_, err = io.WriteString(w, words)
	return true, err
}

// renderFilm writes a film again where ffmpeg is installed; where it is not, the film can't be cleaned.
func (o Stage) renderFilm(ctx context.Context, w io.Writer, in original, head []byte) (bool, error) {
	err := media.Reencode(ctx, io.NewSectionReader(in.File, 0, in.size), head, w)
	if judging.CodeOf(err) == judging.Unavailable {
		err = judging.Fail(judging.Invalid, "scrub.unknown", nil).Because(err)
	}
	return err == nil, err
}

// restLines and restLength bound what is shown of what remains in a file.
const restLines, restLength = 60, 160

// remaining lists what still stands in what judges get of a file, or in the file itself when they get nothing, past the
// words that are shown anyway.
func (o Stage) remaining(ctx context.Context, src *os.File, shown []string) (all, rest []string, err error) {
	info, err := src.Stat()
	if err != nil {
		return nil, nil, err
	}
	all, err = scrub.Remains(ctx, src, info.Size())
	if err != nil {
		return nil, nil, err
	}
	seen := strings.Join(strings.Fields(strings.Join(shown, " ")), "")
	for _, line := range all {
		if len(rest) < restLines && !strings.Contains(seen, strings.Join(strings.Fields(line), "")) {
			rest = append(rest, strings.ToValidUTF8(line[:min(len(line), restLength)], ""))
		}
	}
	return all, rest, nil
}
