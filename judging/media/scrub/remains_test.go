package scrub_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fayi/judging/media/scrub"
)

// noise is a picture of which every coder makes bytes in which letters stand in a row by chance.
func noise() image.Image {
	p := image.NewRGBA(image.Rect(0, 0, 800, 800))
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range p.Pix {
		p.Pix[i] = uint8(chance.Uint32()) | 3*uint8(i%4/3)*85
	}
	return p
}

func encoded(t *testing.T, write func(w io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noisy returns a picture of noise of each kind whose outline is known, with words planted in a tag and behind the end.
func noisy(t *testing.T, tag, behind string) map[string][]byte {
	t.Helper()
	jpg := encoded(t, func(w io.Writer) error { return jpeg.Encode(w, noise(), &jpeg.Options{Quality: 95}) })
	pngs := encoded(t, func(w io.Writer) error { return png.Encode(w, noise()) })
	small := image.NewPaletted(image.Rect(0, 0, 800, 800), palette.Plan9)
	for i := range small.Pix {
		small.Pix[i] = uint8(rand.Uint32())
	}
	gifs := encoded(t, func(w io.Writer) error {
		return gif.EncodeAll(w, &gif.GIF{Image: []*image.Paletted{small, small}, Delay: []int{0, 0}})
	})
	comment := append([]byte{0x21, 0xFE, byte(len(tag))}, append([]byte(tag), 0)...)
	if gifs[10]&0x80 != 0 {
		t.Fatal("a table of colours stands where the comment goes")
	}
	gifs = slices.Insert(gifs, 13, comment...)
	pngText := chunk("tEXt", "Comment\x00"+tag)
	inExif := append([]byte("Exif\x00\x00"+tag), jpg...) // with a picture of noise in it
	out := map[string][]byte{
		"JPEG":                       slices.Insert(slices.Clone(jpg), 2, segment(0xFE, tag)...),
		"JPEG with one in its notes": slices.Insert(slices.Clone(jpg), 2, segment(0xE1, string(inExif[:60000]))...),
		"PNG":                        slices.Insert(slices.Clone(pngs), 8+25, pngText...),
		"GIF":                        gifs,
		"WebP":                       webpOf("VP8L", string(jpg), "EXIF", tag, "ALPH", string(pngs[100:])),
	}
	for kind, data := range out {
		out[kind] = append(data, behind...)
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write([]byte(tag))
	_ = z.Close()
	packed.WriteString(behind)
	out["PDF with a picture"] = fmt.Appendf(
		nil, "%%PDF-1.4\nstream\n%s\nendstream\nstream\n%s\nendstream", jpg, packed.Bytes(),
	)
	return out
}

// webpOf is a WebP file of parts, each a name and a body.
func webpOf(parts ...string) []byte {
	var body []byte
	for i := 0; i < len(parts); i += 2 {
		body = binary.LittleEndian.AppendUint32(append(body, parts[i]...), uint32(len(parts[i+1])))
		body = append(body, parts[i+1]...)
		body = append(body, make([]byte, len(parts[i+1])%2)...)
	}
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(head, "WEBP"...), body...)
}

// TestWhatRemainsOfAPictureAreItsWords holds that what is shown to a person of a picture is what it was made to hold
// and not letters that stand in a row in packed pixels by chance.
func TestWhatRemainsOfAPictureAreItsWords(t *testing.T) {
	const tag, behind = "王小明 青山镇中心小学 的画", "李明明 松林镇司法所 背后"
	for kind, data := range noisy(t, tag, behind) {
		lines, err := scrub.Remains(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{tag, behind} {
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, want) }) {
				t.Errorf("%s: %q is not among %.200q", kind, want, strings.Join(lines, "|"))
			}
		}
		if len(lines) > 6 {
			t.Errorf("%s: %d lines remain: %.200q", kind, len(lines), strings.Join(lines, "|"))
		}
		for cut := range 40 { // a picture torn off is read without an end, too
			data := data[:len(data)*cut/40]
			if _, err := scrub.Remains(t.Context(), bytes.NewReader(data), int64(len(data))); err != nil {
				t.Error(kind, err)
			}
		}
	}
}

// TestWhatRemainsIsFoundInEachPart takes the pictures in many parts of which words are planted, and leaves them in one
// part at a time.
func TestWhatRemainsIsFoundInEachPart(t *testing.T) {
	for kind, data := range map[string][]byte{
		"JPEG": jpegFile(t, 6), "PNG": pngFile(t), "GIF": gifFile(t), "WebP": webpFile(t, 6), "TIFF": tiffFile(t),
		"MP4": film(), "MP3": mp3File(), "FLAC": flacFile(), "WAV": wavFile(), "AVI": aviFile(), "ASF": asfFile(),
		"Matroska": matroskaFile(),
	} {
		parts := bytes.Split(data, []byte(planted))
		if len(parts) < 2 {
			t.Fatal(kind, "holds no words")
		}
		for n := range len(parts) - 1 {
			other := bytes.Repeat([]byte{0}, len(planted))
			one := bytes.Join([][]byte{bytes.Join(parts[:n+1], other), bytes.Join(parts[n+1:], other)}, []byte(planted))
			lines, err := scrub.Remains(t.Context(), bytes.NewReader(one), int64(len(one)))
			if err != nil || !strings.Contains(strings.Join(lines, "\n"), planted) {
				t.Errorf("%s: the words in part %d of %d are not found: %q, %v", kind, n+1, len(parts)-1, lines, err)
			}
		}
	}
}
