package media

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"fayi/judging/media/mediatest"
)

// tornKinds is a whole file of each kind. Sounds and films last four seconds.
func tornKinds(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{
		"a.jpg": mediatest.Encoded(t, "jpeg", mediatest.Cornered(900, 600)),
		"a.png": mediatest.Encoded(t, "png", mediatest.Cornered(300, 200)),
		"a.tif": mediatest.Encoded(t, "tiff", mediatest.Cornered(300, 200)),
		"a.bmp": mediatest.Encoded(t, "bmp", mediatest.Cornered(300, 200)),
		"a.gif": moving(t),
		"a.pdf": append(append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("1 0 obj\n"), 9000)...), "%%EOF"...),
		"a.docx": mediatest.MakeZip(t, mediatest.Item{Name: "[Content_Types].xml", Body: "wordprocessingml"},
			mediatest.Item{Name: "word/document.xml", Body: mediatest.DocxOf(strings.Repeat("依法治国", 400))}),
		"a.heic": mediatest.Read(t, "../office/testdata/planted.heic"),
	}
	tone := []string{"-f", "lavfi", "-i", "sine=440:duration=4"}
	film := []string{"-f", "lavfi", "-i", "testsrc=size=160x90:rate=25:duration=4"}
	both := append(slices.Clone(film), tone...)
	for name, args := range map[string][]string{
		"b.wav": tone, "b.mp3": tone, "b.flac": tone, "b.ogg": append(slices.Clone(tone), "-c:a", "libvorbis"),
		"b.m4a": tone, "u.opus": tone, "u.aac": tone, "u.wma": tone,
		"u.oga": append(slices.Clone(tone), "-c:a", "flac"),
		"c.mp4": film, "d.mp4": append(slices.Clone(film), "-movflags", "+faststart"), "c.mov": film,
		"c.avi": film,
		"e.mp4": append(slices.Clone(film), "-movflags", "frag_keyframe+empty_moov"),
		"c.mkv": both, "c.webm": append(slices.Clone(both), "-c:v", "libvpx", "-c:a", "libvorbis"),
		"l.mkv": append(slices.Clone(both), "-live", "1"), "c.flv": both, "c.wmv": both,
		"c.ts": both, "c.mpg": both, "c.ogv": append(slices.Clone(both), "-c:v", "libtheora", "-c:a", "libvorbis"),
		"w.webp": append(slices.Clone(film), "-frames:v", "1"),
	} {
		files[name] = mediatest.Read(t, mediatest.FFmpeg(t, name, args...))
	}
	return files
}

// moving is a GIF of several pictures: its first one is whole also where the others were torn off.
func moving(t *testing.T) []byte {
	t.Helper()
	var g gif.GIF
	for n := range 8 {
		p := image.NewPaletted(image.Rect(0, 0, 90, 60), palette.Plan9)
		draw.Draw(p, p.Rect, mediatest.Cornered(90+n, 60), image.Point{X: n}, draw.Src)
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	var out bytes.Buffer
	mediatest.Must(t, gif.EncodeAll(&out, &g))
	return out.Bytes()
}

// TestWhatWasTornOffIsFound: of each kind a whole file is whole, and one torn off anywhere is not. Of an MP3 and of a
// live recording, which nowhere say how long they are, the last piece may be missing.
func TestWhatWasTornOffIsFound(t *testing.T) {
	files := tornKinds(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		whole := files[name]
		for _, percent := range []int{3, 10, 30, 50, 70, 90, 97, 100} {
			if percent > 90 && percent < 100 && (name == "l.mkv" || name == "b.mp3") {
				continue
			}
			n := len(whole) * percent / 100
			if name == "c.ts" && percent < 100 && n%188 == 0 {
				n++ // whole packets say nothing of those that are missing
			}
			data := whole[:n]
			got, err := Measured(bytes.NewReader(data), int64(len(data)), name)
			mediatest.Must(t, err)
			if (got.Broken || got.Cut) != (percent < 100) {
				t.Errorf("%d%% of %s, %d bytes: %+v", percent, name, len(data), got)
			}
			if percent == 100 && name[0] == 'b' && math.Abs(got.Seconds-4) > 0.1 {
				t.Errorf("%s lasts %v", name, got.Seconds)
			}
		}
	}
}

// TestWhatIsEmptyIsBroken: nothing at all, and a text of blanks.
func TestWhatIsEmptyIsBroken(t *testing.T) {
	for name, data := range map[string]string{
		"a.jpg": "", "a.mp4": "", "a.mp3": "", "a.pdf": "", "a.docx": "", "a.txt": "", "b.txt": " \n\u3000\r\n",
		"c.txt": "\ufeff",
	} {
		got, err := Measured(strings.NewReader(data), int64(len(data)), name)
		mediatest.Must(t, err)
		if !got.Broken {
			t.Errorf("%s: %+v", name, got)
		}
	}
	const text = "法"
	if got, err := Measured(strings.NewReader(text), int64(len(text)), "a.txt"); err != nil || got.Broken || got.Cut {
		t.Errorf("a text of one word: %+v, %v", got, err)
	}
}

// TestATornFileOfAnyBytesCostsLittle: whatever stands in a file, looking for its end takes no long walk.
func TestATornFileOfAnyBytesCostsLittle(t *testing.T) {
	for _, fill := range []byte{0, 1, 0x2C, 0x21, 0x47, 0xFF, 0x80} {
		data := bytes.Repeat([]byte{fill}, 1<<16)
		for _, format := range []string{
			"heic", "gif", "avi", "mkv", "flv", "wmv", "ts", "mpg", "ogg", "aac", "wma", "avif", "txt", "",
		} {
			r := &counted{Reader: bytes.NewReader(data)}
			tornOff(r, int64(len(data)), format)
			if r.n > 100 {
				t.Errorf("%s of %#x: read %d times", format, fill, r.n)
			}
		}
	}
}

// counted counts the reads.
type counted struct {
	*bytes.Reader

	n int
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	c.n++
	return c.Reader.ReadAt(p, at)
}
