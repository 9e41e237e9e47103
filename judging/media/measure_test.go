package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"fayi/judging"
)

func TestFormatsAreKnownByTheirContentAndOnlyThenByTheirName(t *testing.T) {
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for _, c := range []struct {
		head, name string
		kind       Kind
		want       string
	}{
		{"\xFF\xF1\x50\x80", "a.mp3", Audio, "aac"}, {"\xFF\xFB\x90\x00", "a.aac", Audio, "mp3"}, {"ID3\x04", "a.wav", Audio, "mp3"},
		{"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a.wmv", Audio, "wma"}, {"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a.wma", Video, "wmv"},
		{"\x00\x00\x00\x18ftypavif", "a.jpg", Picture, "avif"}, {"\x00\x00\x00\x18ftypheic", "a.jpg", Picture, "heic"}, {"\x00\x00\x00\x18ftypisom", "a", Audio, "m4a"},
		{"\x00\x00\x00\x18ftypqt  ", "a.mp4", Video, "mov"}, {"\x00\x00\x00\x18wide    ", "a.mp4", Video, "mov"},
		{"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "a.docx", Document, "odt"}, {"PK\x03\x04xl/", "a.zip", Workbook, "xlsx"},
		{"PK\x03\x04ppt/slides", "a.docx", Document, "pptx"}, {"PK\x03\x04", "a.dps", Document, "pptx"}, {"PK\x03\x04word/", "a.doc", Document, "docx"},
		{ole, "a.doc", Workbook, "xls"}, {"作品,作者", "a.xls", Workbook, "csv"}, {ole + string(utf16("PowerPoint Document")), "a.doc", Document, "ppt"}, {ole, "a.dps", Document, "ppt"},
		{ole, "a.wps", Document, "wps"}, {ole, "a.bin", Document, "doc"}, {"junk %PDF-1.4", "a.doc", Document, "pdf"}, {"\x01\x02", "a.jpg", Picture, ""},
	} {
		if got := format([]byte(c.head), c.kind, c.name); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.name, c.head, got, c.want)
		}
	}
}

// longBox is a box whose size takes 64 bits.
func longBox(kind string, body []byte) []byte {
	return append(append([]byte("\x00\x00\x00\x01"+kind), binary.BigEndian.AppendUint64(nil, uint64(16+len(body)))...), body...)
}

func TestFilmsWithLongNumbersAreMeasured(t *testing.T) {
	mvhd := append(words32(0x01000000, 0, 0, 0, 0, 1000, 0, 2500), make([]byte, 80)...)
	tkhd := append(words32(0x01000000, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0), words32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000, 1280<<16, 720<<16)...)
	film := append(box("ftyp", []byte("isom"), words32(0)), longBox("moov", append(box("mvhd", mvhd), box("trak", box("tkhd", tkhd))...))...)
	film = append(film, "\x00\x00\x00\x00mdatframes until the end"...)
	got, err := Measured(bytes.NewReader(film), int64(len(film)), "a.mp4")
	if err != nil || got.Seconds != 2.5 || got.Width != 1280 || got.Height != 720 || got.Broken {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAWaveThatEndsWithItsHeadLastsNoTime(t *testing.T) {
	wave := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1F\x00\x00\x01\x00\x00\x00\x02\x00\x10\x00data")
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
		"a.jpg": encoded(t, "jpeg", cornered(90, 60)), "a.png": encoded(t, "png", cornered(90, 60)), "a.tif": encoded(t, "tiff", cornered(9, 6)), "a.txt": []byte(strings.Repeat("法治", 99)),
		"a.mp4": filmOf("isom", 61500, 1920, 1080, false), "a.docx": makeZip(t, item{name: "[Content_Types].xml", body: "wordprocessingml"}, item{name: "word/document.xml", body: docxOf("依法治国")}),
		"a.heic": append(box("ftyp", []byte("heic"), words32(0)), box("meta", words32(0), box("ispe", words32(0, 40, 30)))...),
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
