package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
)

// longBox is a box whose size takes 64 bits.
func longBox(kind string, body []byte) []byte {
	return append(
		append([]byte("\x00\x00\x00\x01"+kind), binary.BigEndian.AppendUint64(nil, uint64(16+len(body)))...), body...,
	)
}

func TestFilmsWithLongNumbersAreMeasured(t *testing.T) {
	mvhd := append(words32(0x01000000, 0, 0, 0, 0, 1000, 0, 2500), make([]byte, 80)...)
	tkhd := append(
		words32(0x01000000, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
		words32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000, 1280<<16, 720<<16)...,
	)
	film := append(
		box("ftyp", []byte("isom"), words32(0)),
		longBox("moov", append(box("mvhd", mvhd), box("trak", box("tkhd", tkhd))...))...,
	)
	film = append(film, "\x00\x00\x00\x00mdatframes until the end"...)
	got, err := Measured(bytes.NewReader(film), int64(len(film)), "a.mp4")
	if err != nil || got.Seconds != 2.5 || got.Width != 1280 || got.Height != 720 || got.Broken {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAWaveThatEndsWithItsHeadLastsNoTime(t *testing.T) {
	wave := []byte(
		"RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1F\x00\x00\x01\x00\x00\x00\x02\x00\x10\x00data",
	)
	if got, err := Measured(bytes.NewReader(wave), int64(len(wave)), "a.wav"); err != nil || got.Seconds != 0 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestFilmsThatLieAreBroken(t *testing.T) {
	head := box("ftyp", []byte("isom"), words32(0))
	deep := box("mvhd", make([]byte, 100))
	for range 20 {
		deep = box("moov", deep)
	}
	for name, rest := range map[string][]byte{
		"boxes within boxes":     deep,
		"many boxes":             bytes.Repeat(box("free"), 200_000),
		"a head without numbers": box("moov", box("mvhd", []byte{0, 0})),
		"a head of no kind":      box("moov", box("mvhd", append([]byte{9}, make([]byte, 100)...))),
		"a head of megabytes":    box("moov", box("mvhd", make([]byte, 8<<20))),
		"a track cut short":      box("moov", box("trak", box("tkhd", []byte{1, 0, 0, 0}))),
		"a box of minus one":     append([]byte("\x00\x00\x00\x01moov"), bytes.Repeat([]byte{0xFF}, 8)...),
		"a box shorter than 8":   append(words32(4), "moov"...),
	} {
		film := append(bytes.Clone(head), rest...)
		got, err := Measured(bytes.NewReader(film), int64(len(film)), "a.mp4")
		if err != nil || !got.Broken {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

// weak fails at the n-th read.
type weak struct {
	io.ReaderAt
	left int
}

var errDisk = errors.New("the disk gives an error")

func (w *weak) ReadAt(p []byte, at int64) (int, error) {
	if w.left--; w.left == -1 {
		return 0, errDisk
	}
	return w.ReaderAt.ReadAt(p, at)
}

// A file that the disk does not give is not called broken: that would send it back to who made it.
func TestADiskThatFailsIsNoBrokenFile(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.jpg": mediatest.Encoded(t, "jpeg", mediatest.Cornered(90, 60)),
		"a.png": mediatest.Encoded(t, "png", mediatest.Cornered(90, 60)),
		"a.tif": mediatest.Encoded(t, "tiff", mediatest.Cornered(9, 6)),
		"a.txt": []byte(strings.Repeat("法治", 99)),
		"a.mp4": filmOf("isom", 61500, 1920, 1080, false),
		"a.docx": mediatest.MakeZip(t, mediatest.Item{
			Name: "[Content_Types].xml",
			Body: "wordprocessingml",
		}, mediatest.Item{
			Name: "word/document.xml",
			Body: mediatest.DocxOf("依法治国"),
		}),
		"a.heic": append(
			box("ftyp", []byte("heic"), words32(0)), box("meta", words32(0), box("ispe", words32(0, 40, 30)))...,
		),
	} {
		for n := 0; ; n++ {
			disk := &weak{bytes.NewReader(data), n}
			got, err := Measured(disk, int64(len(data)), name)
			if disk.left >= 0 {
				break
			}
			if judging.CodeOf(err) != judging.Unavailable || !errors.Is(err, errDisk) {
				t.Errorf("%s, read %d: %+v %v", name, n+1, got, err)
			}
		}
	}
}
