package media

import (
	"bufio"
	"bytes"
	"errors"
	"image"
	"io"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
	"fayi/judging/media/picture"
	"fayi/judging/media/prose"
	"fayi/judging/media/sound"
)

// FactsVersion counts the ways in which Measured has measured: facts of another version are to be measured again.
const FactsVersion = 3

// measureHead is how much of a picture is read to find its size and orientation.
const measureHead = 1 << 20

// Measured finds out what a file's content shows: its format, the size of a picture or film as it is seen, how long a
// film or sound lasts, how many words a text has, and whether all of it is there: pictures are decoded small, sounds at
// both ends, of films the index is looked for, and what says where it ends has to end there. What is not found stays
// zero; reading the words of PDFs and the length of some films takes others. Errors: Unavailable when r fails; a broken
// file is not an error.
func Measured(r io.ReaderAt, size int64, name string) (judging.FileFacts, error) {
	disk := &watched{ReaderAt: r}
	facts, err := measured(disk, size, name)
	if disk.err != nil {
		return judging.FileFacts{}, fault.Unreadable(disk.err)
	}
	return facts, err
}

// watched remembers how a file could not be read: to what decodes it, that looks like a broken file.
type watched struct {
	io.ReaderAt
	err error
}

func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) && at >= 0 {
		w.err = err
	}
	return n, err
}

func measured(r io.ReaderAt, size int64, name string) (judging.FileFacts, error) {
	head := make([]byte, min(size, filetype.HeadSize))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return judging.FileFacts{}, fault.Unreadable(err)
	}
	t := filetype.Of(head, name)
	facts := judging.FileFacts{Kind: string(t.Kind), Format: t.Format, Bytes: size}
	var err error
	switch t.Kind {
	case filetype.Picture:
		if facts.Width, facts.Height, err = pictureSize(r, size, facts.Format); err == nil {
			err = decodable(r, size, facts.Format)
		}
	case filetype.Video, filetype.Audio:
		err = measureFilm(r, size, &facts)
	case filetype.Text, filetype.Document:
		facts.Words, err = countWords(r, size, facts.Format)
		facts.Cut = facts.Format == "pdf" && !endsAsPDF(r, size)
	}
	facts.Broken = size == 0 || t.Format == "txt" && facts.Words == 0 && err == nil
	facts.Cut = facts.Cut || size > 0 && tornOff(r, size, facts.Format)
	var told *judging.Error
	if errors.As(err, &told) && told.Code != judging.Unavailable {
		facts.Broken, err = true, nil
	}
	return facts, err
}

// pictureSize is the size of a picture as it is seen.
func pictureSize(r io.ReaderAt, size int64, format string) (w, h int, err error) {
	defer picture.Caught(&err)
	if format == "heic" || format == "avif" {
		return picture.HeifSize(r, size)
	}
	whole := io.NewSectionReader(r, 0, size)
	if format == "tiff" && size > picture.MaxPictureBytes {
		return 0, 0, picture.TooBig() // its reader takes all of a file into memory
	}
	c, _, err := image.DecodeConfig(bufio.NewReader(whole))
	if err != nil {
		return 0, 0, picture.Broken(err)
	}
	head := make([]byte, min(size, measureHead))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, fault.Unreadable(err)
	}
	if picture.Orientation(head) > 4 {
		return c.Height, c.Width, nil
	}
	return c.Width, c.Height, nil
}

// decodable decodes a picture as small as a thumbnail, which fails over one that was torn off. Pictures that take
// another program seconds, or more memory than this is worth, are believed.
func decodable(r io.ReaderAt, size int64, format string) error {
	if format == "heic" || format == "avif" || size > picture.MaxPictureBytes {
		return nil
	}
	_, err := picture.Thumbnail(io.NewSectionReader(r, 0, size), 320)
	var told *judging.Error
	if errors.As(err, &told) && told.Text == "media.bad_picture" || judging.CodeOf(err) == judging.Unavailable {
		return err
	}
	return nil
}

// pdfTail is how far from its end a PDF says that it ends.
const pdfTail = 8 << 10

// endsAsPDF reports whether a PDF has its end.
func endsAsPDF(r io.ReaderAt, size int64) bool {
	tail := make([]byte, min(size, pdfTail))
	n, _ := r.ReadAt(tail, size-int64(len(tail))) // what can't be read is reported by who reads it whole
	return bytes.Contains(tail[:n], []byte("%%EOF"))
}

// measureFilm reads the boxes of MP4s, and decodes sounds at both ends.
func measureFilm(r io.ReaderAt, size int64, facts *judging.FileFacts) error {
	switch facts.Format {
	case "mp4", "mov", "m4a":
		film, err := readFilm(r, size)
		facts.Seconds = film.seconds
		if facts.Kind == string(filetype.Video) {
			facts.Width, facts.Height = film.width, film.height
		}
		return err
	case "wav", "mp3", "flac", "ogg":
		if facts.Kind == string(filetype.Audio) {
			return measureSound(r, size, facts)
		}
	}
	return nil
}

// measureSound decodes a second at the beginning and one at the end. What package sound can't decode is for ffprobe to
// tell, but for FLAC, of which there is one sort only.
func measureSound(r io.ReaderAt, size int64, facts *judging.FileFacts) error {
	t, err := sound.Open(io.NewSectionReader(r, 0, size), size, facts.Format)
	if err != nil {
		if judging.CodeOf(err) == judging.Unavailable || facts.Format == "flac" {
			return err
		}
		return nil
	}
	facts.Seconds, facts.Cut = float64(t.Frames())/float64(t.Rate()), !t.Whole()
	second := make([]float32, t.Rate()*sound.Channels)
	switch _, err := t.Read(second); {
	case errors.Is(err, io.EOF):
		facts.Cut = true // there is a head, and nothing behind it
		return nil
	case err != nil:
		return err
	}
	if t.GoTo(max(t.Frames()-int64(t.Rate()), 0)) != nil {
		facts.Cut = true
		return nil
	}
	for {
		_, err := t.Read(second)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			facts.Cut = true
			return nil
		}
	}
}

// countWords counts the words of what Prose can read; other documents have none that are known.
func countWords(r io.ReaderAt, size int64, format string) (int, error) {
	if format != "docx" && format != "odt" && format != "txt" {
		return 0, nil
	}
	text, err := prose.Read(r, size)
	if err != nil {
		return 0, err
	}
	return prose.CountWords(text), nil
}
