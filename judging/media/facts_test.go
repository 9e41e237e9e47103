package media

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
)

// box is a box of a film with what is in it.
func box(kind string, body ...[]byte) []byte {
	in := bytes.Join(body, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(in)+8)), kind...), in...)
}

func words32(v ...uint32) []byte {
	var out []byte
	for _, x := range v {
		out = binary.BigEndian.AppendUint32(out, x)
	}
	return out
}

// utf16Of returns ASCII text in UTF-16LE.
func utf16Of(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// filmOf is the frame of an MP4 of so many thousandths of a second with a sound and a picture track.
func filmOf(brand string, length uint32, w, h uint32, turned bool) []byte {
	matrix := []uint32{0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000}
	if turned {
		matrix = []uint32{0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000}
	}
	track := func(w, h uint32) []byte {
		b := append(words32(0, 0, 0, 1, 0, length, 0, 0, 0, 0), words32(matrix...)...)
		return box("trak", box("tkhd", append(b, words32(w<<16, h<<16)...)))
	}
	mvhd := append(words32(0, 0, 0, 1000, length), make([]byte, 80)...)
	return append(append(box("ftyp", []byte(brand), words32(0)), box("mdat", make([]byte, 50))...),
		box("moov", box("mvhd", mvhd), track(0, 0), track(w, h))...)
}

func TestMeasuredTellsWhatIsInAFile(t *testing.T) {
	wave := append(
		[]byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"), 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2,
		0, 16, 0,
	)
	wave = append(append(wave, "data\x00\x00\x00\x00"...), make([]byte, 32000)...)
	heic := append(box("ftyp", []byte("heic"), words32(0)), box("meta", words32(0), box("iprp", box("ipco",
		box("ispe", words32(0, 512, 512)), box("ispe", words32(0, 4032, 3024)), box("irot", []byte{1}))))...)
	whole := mediatest.Encoded(t, "png", mediatest.Cornered(90, 60))
	for name, c := range map[string]struct {
		data []byte
		want judging.FileFacts
	}{
		"a.jpg": {mediatest.Held(t, mediatest.Cornered(120, 60), 6, binary.BigEndian, "MM"), judging.FileFacts{
			Kind:   "picture",
			Format: "jpeg",
			Width:  60,
			Height: 120,
		}},
		"a.png": {whole, judging.FileFacts{Kind: "picture", Format: "png", Width: 90, Height: 60}},
		"a.bmp": {mediatest.Encoded(t, "bmp", mediatest.Cornered(9, 6)), judging.FileFacts{
			Kind:   "picture",
			Format: "bmp",
			Width:  9,
			Height: 6,
		}},
		"a.tif": {mediatest.Encoded(t, "tiff", mediatest.Cornered(9, 6)), judging.FileFacts{
			Kind:   "picture",
			Format: "tiff",
			Width:  9,
			Height: 6,
		}},
		"a.heic":  {heic, judging.FileFacts{Kind: "picture", Format: "heic", Width: 3024, Height: 4032}},
		"cut.png": {whole[:20], judging.FileFacts{Kind: "picture", Format: "png", Broken: true}},
		"a.mp4": {filmOf("isom", 61500, 1920, 1080, false), judging.FileFacts{
			Kind:    "video",
			Format:  "mp4",
			Width:   1920,
			Height:  1080,
			Seconds: 61.5,
		}},
		"tall.mov": {filmOf("qt  ", 1000, 1920, 1080, true), judging.FileFacts{
			Kind:    "video",
			Format:  "mov",
			Width:   1080,
			Height:  1920,
			Seconds: 1,
		}},
		"live.mp4": {filmOf("isom", math.MaxUint32, 640, 480, false), judging.FileFacts{
			Kind:   "video",
			Format: "mp4",
			Width:  640,
			Height: 480,
		}},
		"song.m4a": {filmOf("M4A ", 2000, 0, 0, false), judging.FileFacts{Kind: "audio", Format: "m4a", Seconds: 2}},
		"torn.mp4": {append(box("ftyp", []byte("isom"), words32(0)), words32(9999)...), judging.FileFacts{
			Kind:   "video",
			Format: "mp4",
			Broken: true,
		}},
		"wrong.mp4": {
			append(append(box("ftyp", []byte("isom"), words32(0)), words32(9999)...), "moov    "...),
			judging.FileFacts{
				Kind:   "video",
				Format: "mp4",
				Broken: true,
			},
		},
		"a.wav": {wave, judging.FileFacts{Kind: "audio", Format: "wav", Seconds: 2}},
		"文.txt": {[]byte("法治，在 心中 2020 ok!\n新"), judging.FileFacts{Kind: "text", Format: "txt", Words: 9}},
		"a.pdf": {[]byte("%PDF-1.4 nothing"), judging.FileFacts{Kind: "document", Format: "pdf", Cut: true}},
		"b.pdf": {[]byte("%PDF-1.4 nothing\n%%EOF\n"), judging.FileFacts{Kind: "document", Format: "pdf"}},
		"a.docx": {mediatest.MakeZip(t, mediatest.Item{
			Name: "[Content_Types].xml",
			Body: "wordprocessingml",
		}, mediatest.Item{
			Name: "word/document.xml",
			Body: mediatest.DocxOf("依法治国"),
		}), judging.FileFacts{
			Kind:   "document",
			Format: "docx",
			Words:  4,
		}},
		"empty": {nil, judging.FileFacts{Kind: "other", Broken: true}},
		"wide.jpg": {[]byte("GIF89a\xFF\xFF\xFF\xFF\x00\x00\x00"), judging.FileFacts{
			Kind:   "picture",
			Format: "gif",
			Width:  65535,
			Height: 65535,
			Cut:    true,
		}},
		"a.unknown": {[]byte{1, 2, 3, 0, 5}, judging.FileFacts{Kind: "other"}},
		"old.doc": {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), utf16Of("WordDocument")...), judging.FileFacts{
			Kind:   "document",
			Format: "doc",
		}},
		"sound.mp3":  {[]byte("ID3\x03\x00\x00\x00\x00\x00\x00"), judging.FileFacts{Kind: "audio", Format: "mp3"}},
		"camera.mts": {transport(), judging.FileFacts{Kind: "video", Format: "ts"}},
	} {
		got, err := Measured(bytes.NewReader(c.data), int64(len(c.data)), name)
		mediatest.Must(t, err)
		c.want.Bytes = int64(len(c.data))
		if math.Abs(got.Seconds-c.want.Seconds) < 0.01 {
			got.Seconds = c.want.Seconds
		}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func transport() []byte {
	b := make([]byte, 3*188)
	b[0], b[188], b[376] = 0x47, 0x47, 0x47
	return b
}

// FuzzMeasured: any bytes give facts within reason, and never a panic or an error of the disk.
func FuzzMeasured(f *testing.F) {
	f.Add(filmOf("isom", 61500, 1920, 1080, false), "a.mp4")
	f.Add(mediatest.Encoded(f, "jpeg", mediatest.Cornered(20, 10)), "a.jpg")
	f.Add(mediatest.MakeZip(f, mediatest.Item{Name: "word/document.xml", Body: mediatest.DocxOf("法")}), "a.docx")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		got, err := Measured(bytes.NewReader(data), int64(len(data)), name)
		if err != nil || got.Width < 0 || got.Height < 0 || got.Words < 0 || !(got.Seconds >= 0 && got.Seconds <= 1e7) {
			t.Fatalf("%+v %v", got, err)
		}
	})
}
