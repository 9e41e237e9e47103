package scrub_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/bmp"

	"fayi/judging"
	"fayi/judging/media/scrub"
	"fayi/judging/media/trace"
)

// everyFixture adds formats whose files have their own tests.
func everyFixture(t testing.TB) map[string][]byte {
	out := map[string][]byte{
		"webp":      webpFile(t, 6),
		"bmp":       bmpFile(t),
		"vorbis":    vorbisFile(),
		"opus":      opusFile(),
		"long film": longFilm(),
	}
	for name, f := range fixtures(t) {
		out[name] = f.data
	}
	return out
}

// webpFile is a picture of one pixel with Exif data, XMP and a chunk that nobody knows.
func webpFile(t testing.TB, orientation int) []byte {
	t.Helper()
	simple, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return riffFile(
		"WEBP", riffChunk("VP8X", "\x0C\x00\x00\x00\x00\x00\x00\x00\x00\x00"), string(simple[12:]),
		riffChunk("EXIF", string(exifData(orientation))),
		riffChunk("XMP ", planted),
		riffChunk("name", planted),
	)
}

func bmpFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := bmp.Encode(&b, drawing()); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), planted...)
}

// oggPage is a page of whole packets; their sums are not proved.
func oggPage(flags byte, packets ...string) string {
	var sizes, body string
	for _, p := range packets {
		sizes += strings.Repeat("\xFF", len(p)/255) + string(byte(len(p)%255))
		body += p
	}
	head := append([]byte("OggS\x00"), flags)
	head = append(head, make([]byte, 8)...)
	head = append(head, "stre"...)
	head = append(head, make([]byte, 8)...)
	return string(append(head, byte(len([]byte(sizes))))) + sizes + body
}

func vorbisFile() []byte {
	return []byte(
		oggPage(2, "\x01vorbis"+string(make([]byte, 23))) +
			oggPage(0, "\x03vorbis"+planted+strings.Repeat("x", 300), "\x05vorbis books") + oggPage(4, "sound"),
	)
}

func opusFile() []byte {
	return []byte(
		oggPage(2, "OpusHead"+string(make([]byte, 11))) + oggPage(0, "OpusTags"+planted) + oggPage(4, "sound"),
	)
}

// longFilm has a box with a size of 64 bits and one that goes on to the end.
func longFilm() []byte {
	long := "\x00\x00\x00\x01free" + string(binary.BigEndian.AppendUint64(nil, uint64(16+len(planted)))) + planted
	return []byte(
		box("ftyp", "isom\x00\x00\x02\x00") + box("moov", box("mvhd", "\x01"+string(make([]byte, 120)))) + long +
			"\x00\x00\x00\x00mdatframes",
	)
}

func TestWebPKeepsItsPictureAndHowItIsHeld(t *testing.T) {
	for _, orientation := range []int{1, 6} {
		in := webpFile(t, orientation)
		out, got, err := clean(t, in)
		if err != nil || got.Format != "webp" || !samePixels(in, out) {
			t.Fatalf("%+v %v", got, err)
		}
		turned := orientation != 1
		if flags := out[20]; flags&4 != 0 || flags&8 != 0 != turned || bytes.Contains(out, []byte("EXIF")) != turned {
			t.Errorf("orientation %d: flags %b in %q", orientation, flags, out)
		}
		if bytes.Contains(out, []byte(planted)) || !slices.Contains(got.Removed, trace.Author) {
			t.Errorf("the copy names its maker; removed %v", got.Removed)
		}
	}
	if _, _, err := clean(t, riffFile("WEBP", riffChunk("name", planted))); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("a WebP file without a picture: %v", err)
	}
}

func TestWhatFollowsABitmapStaysBehind(t *testing.T) {
	whole := bmpFile(t)
	picture := whole[:len(whole)-len(planted)]
	blank := func(at, n int) []byte {
		b := bytes.Clone(whole)
		clear(b[at : at+n])
		return b
	}
	topFirst := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(topFirst[22:], uint32(0x100000000-16))
	for name, c := range map[string]struct {
		in   []byte
		want int
	}{
		"as written":     {whole, len(picture)},
		"no size stated": {blank(2, 4), len(picture)},
		"top row first":  {topFirst, len(picture)},
		"cut short":      {picture[:200], 200},
	} {
		out, got, err := clean(t, c.in)
		if err != nil || len(out) != c.want || !bytes.HasPrefix(c.in[6:], out[6:]) ||
			slices.Contains(got.Removed, trace.Unnamed) != (len(c.in) > c.want) {
			t.Errorf("%s: %d bytes of %d, %+v, %v", name, len(out), len(c.in), got, err)
		}
	}
	packed := bytes.Clone(whole)
	packed[30] = 1 // runs of one colour, 99 bytes of them
	binary.LittleEndian.PutUint32(packed[2:], 0)
	binary.LittleEndian.PutUint32(packed[34:], 99)
	if out, _, err := clean(t, packed); err != nil || len(out) != int(binary.LittleEndian.Uint32(packed[10:]))+99 {
		t.Errorf("packed pixels: %d bytes, %v", len(out), err)
	}
	if _, _, err := clean(t, whole[:30]); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("no headers: %v", err)
	}
}

func TestSoundKeepsItsPacketsWithoutItsTags(t *testing.T) {
	for name, data := range map[string][]byte{"vorbis": vorbisFile(), "opus": opusFile()} {
		out, got, err := clean(t, data)
		if err != nil || got.Format != "ogg" || bytes.Contains(out, []byte(planted)) ||
			!bytes.HasSuffix(out, []byte("sound")) || !slices.Contains(got.Removed, trace.Author) {
			t.Errorf("%s: %+v, %v: %q", name, got, err, out)
		}
		if again, _, err := clean(t, out); err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s: a copy of the copy differs: %v", name, err)
		}
	}
}

func TestFilmsOfManySizesKeepEveryPlace(t *testing.T) {
	in := longFilm()
	out, _, err := clean(t, in)
	if err != nil || len(out) != len(in) || bytes.Contains(out, []byte(planted)) ||
		!bytes.HasSuffix(out, []byte("mdatframes")) {
		t.Errorf("%v: %q", err, out)
	}
	cut := film()
	cut = cut[:bytes.Index(cut, []byte("of the film"))]
	if out, _, err := clean(t, cut); err != nil || len(out) != len(cut) {
		t.Errorf("a film whose download was cut: %d bytes of %d, %v", len(out), len(cut), err)
	}
}

// A file cut anywhere is refused, or copied without the name; nothing panics. Of an MP3 file, the end says that
// there are tags.
func TestFilesCutShortAreRefusedOrTellNothing(t *testing.T) {
	for name, data := range everyFixture(t) {
		step := max(1, len(data)/400)
		for n := 0; n < len(data); n += step {
			out, _, err := clean(t, data[:n])
			if err != nil && judging.CodeOf(err) != judging.Invalid {
				t.Fatalf("%s cut to %d bytes: %v", name, n, err)
			}
			if err == nil && name != "mp3" && strings.Contains(inside(t, out), planted) {
				t.Fatalf("%s cut to %d bytes tells of its maker", name, n)
			}
		}
	}
}

// Whatever one byte is changed to, a file is refused or its copy can be copied again.
func TestFilesWithALyingByteAreRefusedOrCopied(t *testing.T) {
	for name, data := range everyFixture(t) {
		step := max(1, len(data)/60)
		for at := 0; at < len(data); at += step {
			for _, to := range []byte{0x00, 0xFF, data[at] ^ 0x01} {
				lying := bytes.Clone(data)
				lying[at] = to
				out, _, err := clean(t, lying)
				if err == nil {
					_, _, err = clean(t, out)
				}
				if err != nil && judging.CodeOf(err) != judging.Invalid {
					t.Fatalf("%s with %x at %d: %v", name, to, at, err)
				}
			}
		}
	}
}

var errDisk = errors.New("the disk gives an error")

// failing counts reads and writes down and then fails each.
type failing struct {
	*bytes.Reader
	left   int
	failed bool
	then   func() error
}

func (f *failing) step() error {
	if f.left--; f.left >= 0 {
		return nil
	}
	f.failed = true
	return f.then()
}

func (f *failing) ReadAt(p []byte, at int64) (int, error) {
	if err := f.step(); err != nil {
		return 0, err
	}
	return f.Reader.ReadAt(p, at)
}

func (f *failing) Write(p []byte) (int, error) {
	if err := f.step(); err != nil {
		return 0, err
	}
	return len(p), nil
}

// A disk that fails at any read or write is not called a broken file, and who cancels learns just that.
func TestADiskThatFailsIsNoBrokenFile(t *testing.T) {
	for name, data := range everyFixture(t) {
		for n, on := 0, true; on; n++ {
			f := &failing{Reader: bytes.NewReader(data), left: n, then: func() error { return errDisk }}
			_, err := scrub.Copy(t.Context(), f, f, int64(len(data)))
			if on = f.failed; on && (judging.CodeOf(err) != judging.Unavailable || !errors.Is(err, errDisk)) {
				t.Errorf("%s, after %d steps: %v", name, n, err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			f = &failing{Reader: bytes.NewReader(data), left: n, then: func() error { cancel(); return nil }}
			if _, err := scrub.Copy(ctx, f, f, int64(len(data))); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s, cancelled after %d steps: %v", name, n, err)
			}
			cancel()
		}
	}
}

func TestAFileThatIsShorterThanToldIsRefused(t *testing.T) {
	for name, data := range everyFixture(t) {
		if _, err := scrub.Copy(
			t.Context(), io.Discard, bytes.NewReader(data[:len(data)/4]), int64(len(data)),
		); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// tiffPage is a TIFF file of one page; each tag is identity, type, count and value.
func tiffPage(next uint32, tags ...[4]uint32) []byte {
	le := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00")
	b = le.AppendUint16(b, uint16(len(tags)))
	for _, t := range tags {
		b = le.AppendUint32(
			le.AppendUint32(le.AppendUint16(le.AppendUint16(b, uint16(t[0])), uint16(t[1])), t[2]), t[3],
		)
	}
	return le.AppendUint32(b, next)
}

func TestTIFFFilesThatLieAreRefused(t *testing.T) {
	strips := make([]byte, 1<<16)
	over := tiffPage(0, [4]uint32{273, 4, 4000, 4096}, [4]uint32{279, 4, 4000, 4096 + 16000})
	copy(strips, over)
	for i := range 4000 {
		binary.LittleEndian.PutUint32(strips[4096+16000+4*i:], 60000)
	}
	big := binary.BigEndian.AppendUint16([]byte("MM\x00*\x00\x00\x00\x08"), 1)
	for name, data := range map[string][]byte{
		"a page that comes after itself":    tiffPage(8, [4]uint32{256, 3, 1, 1}),
		"no page":                           []byte("II*\x00\x00\x00\x00\x00"),
		"a directory behind the end":        []byte("II*\x00\xFF\xFF\xFF\x7F"),
		"a type that is none":               tiffPage(0, [4]uint32{256, 99, 1, 1}),
		"a value behind the end":            tiffPage(0, [4]uint32{258, 3, 99, 9999}),
		"strips of no size":                 tiffPage(0, [4]uint32{273, 4, 1, 8}),
		"tiles of no size":                  tiffPage(0, [4]uint32{324, 4, 1, 8}),
		"a strip behind the end":            tiffPage(0, [4]uint32{273, 4, 1, 8}, [4]uint32{279, 4, 1, 0xFFFFFFF0}),
		"strips placed by a text":           tiffPage(0, [4]uint32{273, 2, 4, 8}, [4]uint32{279, 4, 1, 1}),
		"a raw file of a camera":            tiffPage(0, [4]uint32{50706, 1, 4, 1}),
		"strips that lie over each other":   strips,
		"big-endian, a directory cut short": append(big, 0, 0),
	} {
		if out, _, err := clean(t, data); judging.CodeOf(err) != judging.Invalid || len(out) > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, len(out))
		}
	}
}

func TestASmallPreviewInATIFFFileIsLeftOut(t *testing.T) {
	le := binary.LittleEndian
	page := func(small uint32, next uint32) []byte {
		return tiffPage(
			next, [4]uint32{254, 4, 1, small}, [4]uint32{256, 3, 1, 1}, [4]uint32{273, 3, 1, 8},
			[4]uint32{279, 3, 1, 4},
		)[8:]
	}
	b := []byte("II*\x00\x08\x00\x00\x00")
	first := page(0, 0)
	first = page(0, uint32(len(b)+len(first)))
	b = append(append(b, first...), page(1, 0)...)
	out, got, err := clean(t, b)
	if err != nil || !slices.Contains(got.Removed, trace.Preview) {
		t.Fatalf("%+v %v", got, err)
	}
	at := le.Uint32(out[4:])
	n := le.Uint16(out[at:])
	if next := le.Uint32(out[at+2+12*uint32(n):]); next != 0 {
		t.Errorf("the copy has a second page at %d", next)
	}
}

func TestPicturesAndFilmsThatLieAreRefused(t *testing.T) {
	gif := gifFile(t)
	deep := planted
	for range 9 {
		deep = riffChunk("LIST", "hdrl"+deep+strings.Repeat("\x00", len(deep)%2))
	}
	for name, data := range map[string][]byte{
		"a GIF file of a header":             gif[:13],
		"a GIF file with a block of no kind": append(bytes.Clone(gif[:13+6]), 0x99, 0, 0),
		"a GIF palette behind the end":       append(bytes.Clone(gif[:10]), 0xF7, 0, 0),
		"a film without its tables":          []byte(box("ftyp", "isom\x00\x00\x02\x00") + box("mdat", "frames")),
		"a box shorter than its head":        []byte(box("ftyp", "isom\x00\x00\x02\x00") + "\x00\x00\x00\x04moov"),
		"a box longer than its film":         []byte(box("ftyp", "isom\x00\x00\x02\x00") + "\x7F\x00\x00\x00moov"),
		"a box of more than all bytes": []byte(
			box("ftyp", "isom\x00\x00\x02\x00") + "\x00\x00\x00\x01moov\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
		),
		"dates cut short": []byte(
			box("ftyp", "isom\x00\x00\x02\x00") + box("moov", box("mvhd", "\x01\x00")),
		),
		"lists within lists without end": riffFile("AVI ", deep),
		"an element of no size":          []byte("\x1A\x45\xDF\xA3\x80\x00\x00"),
		"lyrics of no length":            append(append(mp3File()[:400:400], "LYRICSBEGIN"...), "00x123LYRICS200"...),
		"a tag and no sound":             []byte("ID3\x03\x00\x00\x00\x00\x00\x16" + strings.Repeat("\x00", 60)),
		"FLAC without what it is":        []byte("fLaC\x84\x00\x00\x00frames"),
		"pages of no stream":             []byte(oggPage(2, "\x01vorbis") + "OggX" + strings.Repeat("\x00", 40)),
		"sound on the page of its tags":  []byte(oggPage(2, "OpusHead") + oggPage(0, "OpusTags", "sound")),
	} {
		if _, _, err := clean(t, data); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRecordingsThatWereStoppedHardAreCopiedWhole(t *testing.T) {
	wav := wavFile()
	binary.LittleEndian.PutUint32(wav[4:], 0) // no size of the file
	if out, _, err := clean(t, wav); err != nil || len(out) != len(wav) || bytes.Contains(out, []byte(planted)) {
		t.Errorf("no size: %v", err)
	}
	endless := riffFile("WAVE", riffChunk("fmt ", string(make([]byte, 16)))+"data\xFF\xFF\xFF\xFFsamples.")
	if out, _, err := clean(t, endless); err != nil || !bytes.Equal(out, endless) {
		t.Errorf("sound without a size: %v", err)
	}
	if out, got, err := clean(t, append(wavFile(), "after"+planted...)); err != nil ||
		bytes.Contains(out, []byte(planted)) || !slices.Contains(got.Removed, trace.Unnamed) {
		t.Errorf("bytes after the sound: %+v %v", got, err)
	}
	live := append(matroskaFile()[:14:14], "\x18\x53\x80\x67\xFF\x16\x54\xAE\x6B\x88\xAE\x86\xD7\x81\x01\x83\x81\x01"...)
	for range 2 {
		live = append(live, "\x1F\x43\xB6\x75\xFF\xA3\x8A\x81\x00\x00\x80frames\xA3\x8A\x82\x00\x00\x80"+planted[:6]...)
	}
	out, got, err := clean(t, live)
	if err != nil || len(out) != len(live) || bytes.Count(out, []byte("frames")) != 2 ||
		bytes.Contains(out, []byte(planted[:6])) || len(got.Left) > 0 {
		t.Errorf("a film sent live: %+v %v %q", got, err, out)
	}
}

func TestDocumentsThatLieOrHideAreRefusedOrTold(t *testing.T) {
	bomb := func(told uint64) []byte {
		var packedZeros bytes.Buffer
		w, err := flate.NewWriter(&packedZeros, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(w, zeroes{}, 9<<20); err != nil {
			t.Fatal(err)
		}
		w.Close()
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		if _, err := z.Create("[Content_Types].xml"); err != nil {
			t.Fatal(err)
		}
		raw, err := z.CreateRaw(&zip.FileHeader{
			Name:               "word/media/1.bin",
			Method:             zip.Deflate,
			CompressedSize64:   uint64(packedZeros.Len()),
			UncompressedSize64: told,
		})
		if err != nil {
			t.Fatal(err)
		}
		raw.Write(packedZeros.Bytes())
		z.Close()
		return b.Bytes()
	}
	for name, data := range map[string][]byte{
		"a bomb that says it is small": bomb(10),
		"a bomb that says it is all":   bomb(1 << 60),
	} {
		if out, _, err := clean(t, data); judging.CodeOf(err) != judging.Invalid || len(out) > 1<<20 {
			t.Errorf("%s: %d bytes, %v", name, len(out), err)
		}
	}
	var many []string
	for i := range 20_001 {
		many = append(many, strconv.Itoa(i), "")
	}
	if _, _, err := clean(
		t, packed(t, append(many, "[Content_Types].xml", "")),
	); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("too many parts: %v", err)
	}
	out, got, err := clean(
		t,
		packed(t, []string{
			"[Content_Types].xml", "<Types/>", "word/", "", `word\document.xml`, `<w:document xmlns:w="` +
				`http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + officeType[:len(officeType)-1] +
				`"><w:blip r:embed="i"/></w:document>`,
			"_rels/.rels", `<Relationships><Relationship Type="` + officeType +
				`officeDocument" Target="/word/document.xml"/></Relationships>`,
			"word/_rels/document.xml.rels", `<Relationships><Relationship Id="i" Type="` + officeType +
				`image" Target="media/a.dat"/></Relationships>`,
			"_xmlsignatures/sig1.xml", planted,
			"word/printerSettings1.bin",
			planted,
			"word/media/a.dat",
			"unknown",
			"word/embeddings/b.docx",
			string(packed(t, []string{
				"[Content_Types].xml", "<Types/>", "docProps/core.xml", planted, "x.xml", "\xFE\xFF",
			})),
		}),
	)
	if err != nil || strings.Contains(inside(t, out), planted) {
		t.Fatalf("%+v %v", got, err)
	}
	if !slices.Contains(got.Left, trace.Attached) {
		t.Errorf("an unknown picture is not told to be left: %v", got.Left)
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }
