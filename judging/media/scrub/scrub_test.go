package scrub_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"slices"
	"strings"
	"testing"

	_ "golang.org/x/image/webp" // decodes

	"fayi/judging"
	"fayi/judging/media/scrub"
	"fayi/judging/media/trace"
)

// fixtures are files of each format with names in them; keep is what must still be in the copy.
func fixtures(t testing.TB) map[string]struct {
	data []byte
	keep string
} {
	type f = struct {
		data []byte
		keep string
	}
	return map[string]f{
		"jpeg":     {jpegFile(t, 6), "ICC_PROFILE"},
		"png":      {pngFile(t), "IDAT"},
		"gif":      {gifFile(t), "NETSCAPE2.0"},
		"tiff":     {tiffFile(t), ""},
		"mp4":      {film(), "frames of the film"},
		"mp3":      {mp3File(), "\xFF\xFB\x90"},
		"flac":     {flacFile(), "frames"},
		"wav":      {wavFile(), "\x01\x02\x03\x04"},
		"avi":      {aviFile(), "frame!"},
		"asf":      {asfFile(), "frames"},
		"matroska": {matroskaFile(), "frames"},
		"ooxml":    {document(t), ""},
		"odf":      {openDocument(t), ""},
		"ole":      {oldDocument(), "S\x00u\x00m\x00m\x00a\x00r\x00y"},
	}
}

func TestCopiesHoldNoNames(t *testing.T) {
	for name, f := range fixtures(t) {
		if !strings.Contains(inside(t, f.data), planted) {
			t.Fatalf("%s: nothing was planted", name)
		}
		out, got, err := clean(t, f.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Format != name {
			t.Errorf("%s taken for %s", name, got.Format)
		}
		if len(got.Removed) == 0 {
			t.Errorf("%s: lost nothing", name)
		}
		if words := inside(t, out); strings.Contains(words, planted) || strings.Contains(words, "小明") {
			t.Errorf("%s: the copy still holds the name", name)
		}
		if !bytes.Contains(out, []byte(f.keep)) {
			t.Errorf("%s: the copy has lost %q", name, f.keep)
		}
		again, second, err := clean(t, out)
		if err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s: a copy of the copy differs: %v %v", name, second, err)
		}
	}
}

// inside returns the bytes of a file, those of a packed one unpacked.
func inside(t testing.TB, data []byte) string {
	out := string(data)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return out
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out += "\n" + f.Name + f.Comment + string(b)
	}
	return out
}

func TestPicturesKeepEachPixel(t *testing.T) {
	for name, data := range map[string][]byte{
		"jpeg": jpegFile(t, 3),
		"png":  pngFile(t),
		"gif":  gifFile(t),
		"tiff": tiffFile(t),
	} {
		out, _, err := clean(t, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !samePixels(data, out) {
			t.Errorf("%s: pixels differ", name)
		}
	}
}

func samePixels(a, b []byte) bool {
	p, _, err := image.Decode(bytes.NewReader(a))
	if err != nil {
		return true // nobody could see it before
	}
	q, _, err := image.Decode(bytes.NewReader(b))
	if err != nil || p.Bounds() != q.Bounds() {
		return false
	}
	for y := p.Bounds().Min.Y; y < p.Bounds().Max.Y; y++ {
		for x := p.Bounds().Min.X; x < p.Bounds().Max.X; x++ {
			if p.At(x, y) != q.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestPicturesStayHeldAsTheyWere(t *testing.T) {
	for o := 1; o <= 8; o++ {
		out, _, err := clean(t, jpegFile(t, o))
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.Index(out, []byte("MM\x00*"))
		if got := at >= 0 && out[at+19] == byte(o); got != (o != 1) {
			t.Errorf("orientation %d: kept = %v", o, got)
		}
	}
}

func TestTracesAreNamed(t *testing.T) {
	_, got, err := clean(t, jpegFile(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []trace.Trace{trace.Author, trace.Place, trace.Device, trace.Title, trace.Comment} {
		if !slices.Contains(got.Removed, want) {
			t.Errorf("%s is not named in %v", want, got.Removed)
		}
	}
}

func TestFilmsKeepEveryPlace(t *testing.T) {
	in := film()
	out, got, err := clean(t, in)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != len(in) || bytes.Index(out, []byte("frames of")) != bytes.Index(in, []byte("frames of")) {
		t.Error("the film's data moved")
	}
	if !slices.Contains(got.Left, trace.Place) {
		t.Errorf("a track that says where the camera was must be told: %v", got.Left)
	}
}

func TestUnknownAndBrokenFilesAreErrors(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty":            {},
		"text":             []byte("诗"),
		"jpeg without end": {0xFF, 0xD8, 0xFF},
		"cut png":          pngFile(t)[:40],
		"cut zip":          document(t)[:100],
		"other zip":        packed(t, []string{"a.txt", "b"}),
		"heic":             []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
	} {
		if _, _, err := clean(t, data); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}

func TestACancelledCopyStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := film()
	if _, err := scrub.Copy(
		ctx, io.Discard, bytes.NewReader(data), int64(len(data)),
	); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func FuzzCopy(f *testing.F) {
	for _, fix := range fixtures(f) {
		f.Add(fix.data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		out, got, err := clean(t, data)
		if err != nil {
			return
		}
		if slices.Contains([]string{"jpeg", "png", "gif", "webp"}, got.Format) {
			if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && c.Width*c.Height < 1<<16 &&
				!samePixels(data, out) {
				t.Error("pixels differ")
			}
		}
		if _, _, err := clean(t, out); err != nil {
			t.Errorf("the copy can't be copied: %v", err)
		}
	})
}
