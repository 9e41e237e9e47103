package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
	"fayi/judging/media/picture"
	"fayi/judging/media/prose"
)

// FactsVersion counts the ways in which Measured has measured: facts of another version are to be measured again.
const FactsVersion = 1

// measureHead is how much of a picture is read to find its size and orientation.
const measureHead = 1 << 20

// Measured finds out what a file's content shows without decoding it: its format, the size of a picture or film as
// it is seen, how long a film or sound lasts, how many words a text has. What is not found stays zero; reading the
// words of PDFs and the length of some films takes others. Errors: Unavailable when r fails; a broken file is not
// an error.
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
		facts.Width, facts.Height, err = pictureSize(r, size, facts.Format)
	case filetype.Video, filetype.Audio:
		err = measureFilm(r, size, &facts)
	case filetype.Text, filetype.Document:
		facts.Words, err = countWords(r, size, facts.Format)
	}
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

// measureFilm reads the boxes of MP4s and what stands at the head of waves.
func measureFilm(r io.ReaderAt, size int64, facts *judging.FileFacts) error {
	switch facts.Format {
	case "mp4", "mov", "m4a":
		film, err := readFilm(r, size)
		facts.Seconds = film.seconds
		if facts.Kind == string(filetype.Video) {
			facts.Width, facts.Height = film.width, film.height
		}
		return err
	case "wav":
		facts.Seconds = waveSeconds(r, size)
	}
	return nil
}

// waveSeconds divides the length of a wave by its rate of bytes.
func waveSeconds(r io.ReaderAt, size int64) float64 {
	head := make([]byte, min(size, 4096))
	n, _ := r.ReadAt(head, 0)
	at := bytes.Index(head[:n], []byte("fmt "))
	if at < 0 || at+20 > n {
		return 0
	}
	rate := binary.LittleEndian.Uint32(head[at+16:])
	if data := bytes.Index(head[:n], []byte("data")); data > 0 && rate > 0 {
		return float64(max(size-int64(data)-8, 0)) / float64(rate)
	}
	return 0
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
