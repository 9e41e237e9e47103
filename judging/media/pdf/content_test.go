package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"testing"

	"fayi/judging/media/trace"
)

// bare is a rewriter of a document with the objects, which are numbered from 1.
func bare(tb testing.TB, objects ...string) *rewriter {
	tb.Helper()
	f, err := readFile(drawn(objects...))
	if err != nil {
		tb.Fatal(err)
	}
	return &rewriter{ctx: tb.Context(), in: f, numbers: map[ref]int{}, removed: map[trace.Trace]bool{},
		left: map[trace.Trace]bool{}}
}

// FuzzContent cleans operators. What was cleaned holds no remark, and nothing is left to be cleaned in it.
func FuzzContent(f *testing.F) {
	for _, s := range []string{
		"q 1 0 0 1 0 0 cm BT /F 12 Tf (a) Tj [(b) -20 (c)] TJ 3 Tr (unseen) Tj ET Q % remark\n",
		"/Span <</ActualText (name) /Lang (zh)>> BDC (a) ' EMC /OC /L BDC 0 0 9 9 re f EMC",
		"BI /W 2 /H 2 /BPC 8 /CS /G /F [/AHx] ID 00112233> EI Q", "BI /W 1 /H 1 /IM true ID \x80 tail\nEI\n",
		"(\\(\\)(\\n)) <41 4> [/A<<>>] d0 0.5 -.5 +1 true null MP", "BI 1 2 ID EI", "BI /F /DCT ID \xFF\xD8\xFF\xD9 EI",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w := bare(t, "<</Type/Catalog>>")
		once, err := w.cleanContent(data, nil)
		if err != nil {
			return
		}
		again, err := w.cleanContent(once, nil)
		if err != nil {
			t.Fatalf("%q can't be read again: %v", once, err)
		}
		if !bytes.Equal(again, once) {
			t.Errorf("%q is cleaned again: %q", once, again)
		}
	})
}

// FuzzPixels cleans what stands behind pixels in each way that they are packed.
func FuzzPixels(f *testing.F) {
	f.Add(byte(0), "/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", []byte("abcdefgh"))
	f.Add(byte(1), "", []byte("\x00\x00\x00\x0CjP  \r\n\x87\n\x00\x00\x00\x08jp2h\x00\x00\x00\x09xml a"))
	f.Add(byte(1), "", []byte("\xFF\x4F\xFF\x51\x00\x02\xFF\x64\x00\x04ab\xFF\x90\x00\x02\xFF\xD9tail"))
	f.Add(byte(2), "", append(segment(48, 1, 0, false, "ab"), segment(62, 2, 1, true, "c")...))
	f.Add(byte(3), "/Height 2/DecodeParms<</K -1/Columns 8>>", []byte("\x00\x10\x01"))
	f.Add(byte(4), "/Filter[/A85/Fl/RL/AHx/LZW]", []byte("<~9jqo^~>"))
	f.Fuzz(func(t *testing.T, kind byte, entries string, data []byte) {
		w := bare(t, "<</Type/Catalog>>")
		v, err := (&parser{b: []byte("<<" + entries + ">>")}).dict(0)
		d, ok := v.(dict)
		if err != nil || !ok {
			return
		}
		same := func(clean func([]byte) []byte) {
			once := clean(data)
			if once == nil {
				return
			}
			if again := clean(once); !bytes.Equal(again, once) {
				t.Errorf("%q is cleaned again: %q", once, again)
			}
		}
		switch kind % 5 {
		case 0:
			_ = w.cleanPixels(&stream{d, data}, data, nil)
		case 1:
			same(cleanJPX)
		case 2:
			same(cleanJBIG2)
		case 3:
			_ = w.cleanFax(&stream{d, data}, data)
		case 4:
			_, _, _ = w.in.unpack(&stream{d, data})
		}
	})
}

// plainPixels returns the pixels of a stream that zlib packs.
func plainPixels(t *testing.T, s *stream) []byte {
	t.Helper()
	z, err := zlib.NewReader(bytes.NewReader(s.data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A layer is hidden as its groups and its policy say (ISO 32000-1, 8.11.2.2): written out as a table.
func TestALayerIsHiddenByItsPolicy(t *testing.T) {
	for policy, hidden := range map[string][4]bool{ // both on; one off; both off; no group, which says nothing
		"":          {false, false, true, false},
		"/P/AnyOn":  {false, false, true, false},
		"/P/AllOn":  {false, true, true, false},
		"/P/AnyOff": {true, false, false, false},
		"/P/AllOff": {true, true, false, false},
	} {
		for i, groups := range []string{"[2 0 R 3 0 R]", "[2 0 R 4 0 R]", "[4 0 R 5 0 R]", "[null]"} {
			w := bare(t, "<</Type/Catalog/OCProperties<</OCGs[2 0 R 3 0 R 4 0 R 5 0 R]/D<</OFF[4 0 R 5 0 R]>>>>>>",
				"<</Type/OCG>>", "<</Type/OCG>>", "<</Type/OCG>>", "<</Type/OCG>>",
				"<</Type/OCMD/OCGs "+groups+policy+">>")
			if got := w.isOff(ref(6)); got != hidden[i] {
				t.Errorf("%s of %s: hidden %v", policy, groups, got)
			}
		}
	}
}

func TestAGroupIsHiddenAsTheDocumentOpens(t *testing.T) {
	const view = "<</Type/OCG/Usage<</View<</ViewState/OFF>>>>>>"
	for state, hidden := range map[string]bool{
		"/D<<>>":                                            false,
		"/D<</OFF[2 0 R]>>":                                 true,
		"/D<</BaseState/OFF>>":                              true,
		"/D<</BaseState/ON/OFF[3 0 R]>>":                    false,
		"/D<</BaseState/OFF/ON[2 0 R]>>":                    false,
		"/D<</BaseState/OFF/ON[3 0 R]>>":                    true,
		"/D<</AS[<</Event/View/OCGs[3 0 R]>>]>>":            false, // the other one
		"/D<</AS[<</Event/View/OCGs[2 0 R]>>]>>":            true,
		"/D<</OFF[2 0 R]/AS[<</Event/View/OCGs[2 0 R]>>]>>": true,
		"/D<</AS[<</Event/Print/OCGs[2 0 R]>>]>>":           false,
	} {
		w := bare(t, "<</Type/Catalog/OCProperties<</OCGs[2 0 R 3 0 R]"+state+">>>>", view, view)
		if got := w.isOff(ref(2)); got != hidden {
			t.Errorf("%s: hidden %v", state, got)
		}
	}
	mute := bare(t, "<</Type/Catalog/OCProperties<</OCGs[2 0 R]/D<</OFF[2 0 R]/AS[<</Event/View/OCGs[2 0 R]>>]>>>>>>",
		"<</Type/OCG/Usage<</View<<>>>>>>")
	if !mute.isOff(ref(2)) {
		t.Error("a group that says nothing of being viewed is shown though the document hides it")
	}
	one := bare(t, "<</Type/Catalog/OCProperties<</OCGs[2 0 R]/D<</OFF[2 0 R]>>>>>>", view,
		"<</Type/OCMD/OCGs 2 0 R>>", "<</OCGs 2 0 R>>")
	if !one.isOff(ref(3)) || one.isOff(ref(4)) || one.isOff(nil) {
		t.Error("of one group, of what is no membership, of nothing")
	}
	if bare(t, "<</Type/Catalog>>", view).isOff(ref(2)) {
		t.Error("a document without layers hides one")
	}
}

func TestALayerIsFoundByItsNameInTheResources(t *testing.T) {
	w := bare(t, "<</Type/Catalog>>")
	c := &content{rewriter: w, resources: dict{{"Properties", dict{{"L", ref(7)}}}}}
	if c.layer(token("/L")) != (ref(7)) || c.layer(token("/M")) != nil || c.layer(token("/")) != nil ||
		c.layer(token("")) != nil {
		t.Error("a name, one that is not there, and none")
	}
}

func TestWhatStandsBehindPixelsGoes(t *testing.T) {
	w := bare(t, "<</Type/Catalog>>", "<</N 4>>", "[/ICCBased 2 0 R]")
	for entries, size := range map[string]int{
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray":                       6,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace/DeviceRGB":                        18,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace/CMYK":                             24,
		"/Width 9/Height 2/BitsPerComponent 1/ColorSpace/G":                                4,
		"/Width 8/Height 2/BitsPerComponent 1/ColorSpace/G":                                2,
		"/Width 9/Height 2/ImageMask true":                                                 4,
		"/Width 3/Height 2/BitsPerComponent 8/ImageMask true/ColorSpace/DeviceRGB":         2,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace 3 0 R":                            24,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[/ICCBased]":                       0,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 1 (abc)]":      6,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[/Lab<<>>]":                        18,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[/DeviceN[/A/B]/DeviceCMYK 4 0 R]": 12,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[/DeviceN]":                        0,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[/DeviceRGB]":                      18,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace/Pattern":                          0,
		"/Width 3/Height 2/BitsPerComponent 8/ColorSpace[]":                                0,
		"/Width -3/Height 2/BitsPerComponent 8/ColorSpace/G":                               0,
		"/Width -3/Height 2/BitsPerComponent -8/ColorSpace/G":                              0,
		"/Width x/Height 2/BitsPerComponent 8/ColorSpace/G":                                0,
		"/Width 1048576/Height 1/BitsPerComponent 8/ColorSpace/G":                          1048576,
		"/Width 64/Height 1048576/BitsPerComponent 8/ColorSpace/G":                         maxStream,
		"/Width 1048577/Height 1/BitsPerComponent 8/ColorSpace/G":                          0,
		"/Width 1048576/Height 1048576/BitsPerComponent 8/ColorSpace/G":                    0,
	} {
		v, err := (&parser{b: []byte("<<" + entries + ">>")}).value(0)
		if err != nil {
			t.Fatal(entries, err)
		}
		d := v.(dict)
		if got := w.pixelBytes(d); got != size {
			t.Errorf("%s: %d bytes", entries, got)
		}
		if data := []byte("pixels"); size == 0 { // nobody knows where they end
			for _, d := range []dict{d, d.with("Filter", token("/ASCIIHexDecode"))} {
				if s := w.cleanPixels(&stream{d, data}, data, nil); !bytes.Equal(s.data, data) {
					t.Errorf("%s: %q", entries, s.data)
				}
			}
		}
		if size == 0 || size > 100 {
			continue
		}
		exact := bytes.Repeat([]byte{7}, size)
		s := w.cleanPixels(&stream{d.with("Filter", token("/ASCIIHexDecode")), []byte("packed")}, exact, nil)
		if !s.dict.is("Filter", "FlateDecode") || !bytes.Equal(plainPixels(t, s), exact) {
			t.Errorf("%s, packed otherwise: %v", entries, s)
		}
		for _, more := range []int{0, 1, 9} {
			w.removed = map[trace.Trace]bool{}
			data := bytes.Repeat([]byte{7}, size+more)
			s := w.cleanPixels(&stream{d, data}, data, nil)
			if got := s.data; more == 0 && !bytes.Equal(got, data) || more > 0 && len(plainPixels(t, s)) != size ||
				w.removed[trace.Unnamed] != (more > 0) {
				t.Errorf("%s and %d bytes: %d left, told %v", entries, more, len(got), w.removed)
			}
		}
	}
}

func TestWhatStandsBehindPackedPixelsGoes(t *testing.T) {
	w := bare(t, "<</Type/Catalog>>")
	packed := deflated([]byte("pixels"))
	d := dict{{"Filter", token("/FlateDecode")}}
	for _, tail := range []string{"", "a", "a name"} {
		w.removed = map[trace.Trace]bool{}
		data := append(bytes.Clone(packed), tail...)
		s := w.cleanPixels(&stream{d, data}, data, []string{"flate"})
		if !bytes.Equal(s.data, packed) || w.removed[trace.Unnamed] != (tail != "") {
			t.Errorf("%q behind: %q, told %v", tail, s.data, w.removed)
		}
	}
	for _, rest := range [][]string{{"jbig2"}, {"fax"}, {"what"}, {"flate", "jbig2"}} {
		w.left = map[trace.Trace]bool{}
		data := []byte("no picture")
		if s := w.cleanPixels(&stream{nil, data}, data, rest); !w.left[trace.Attached] || !bytes.Equal(s.data, data) {
			t.Errorf("%v: %q, and %v is told to be left", rest, s.data, w.left)
		}
	}
}

func TestHowFarPackedBytesReach(t *testing.T) {
	packed := deflated([]byte("pixels"))
	broken := append(bytes.Clone(packed[:2]), "\x07\x07tail"...)
	for what, tt := range map[string]struct {
		in   []byte
		want int
	}{
		"alone": {packed, len(packed)}, "with more": {append(bytes.Clone(packed), "tail"...), len(packed)},
		"broken": {broken, len(broken)}, "no zlib": {[]byte("name"), 4}, "nothing": {nil, 0},
	} {
		if got := zlibLength(tt.in); got != tt.want {
			t.Errorf("%s: %d, want %d", what, got, tt.want)
		}
	}
}

// TestAFaxBecomesPlainPixels has two white rows, coded by hand (ITU-T T.6): a row is one 1, the end is 0000 0000 0001
// twice.
func TestAFaxBecomesPlainPixels(t *testing.T) {
	rows, aligned := []byte{0xC0, 0x04, 0x00, 0x40}, []byte{0x80, 0x80, 0x00, 0x10, 0x01}
	// a row of 8 white pixels is 10011 behind an end of line (ITU-T T.4), six of which end the page
	lines := []byte{0x00, 0x19, 0x80, 0x0C, 0xC0, 0x04, 0x00, 0x40, 0x04, 0x00, 0x40, 0x04, 0x00, 0x40}
	white := func(columns int) []byte {
		row := bytes.Repeat([]byte{0xFF}, (columns+7)/8)
		if columns%8 != 0 {
			row[len(row)-1] = byte(0xFF << (8 - columns%8))
		}
		return append(bytes.Clone(row), row...)
	}
	for entries, tt := range map[string]struct{ in, want []byte }{
		"/Height 2/DecodeParms<</K -1/Columns 8>>":                        {rows, white(8)},
		"/Height 2/DecodeParms<</K -1/Columns 9>>":                        {rows, white(9)},
		"/Height 2/DecodeParms[null<</K -1/Columns 8>>]":                  {rows, white(8)},
		"/Height 2/DecodeParms<</K -1>>":                                  {rows, white(1728)},
		"/Height 2/DecodeParms<</K -1/Columns 8/BlackIs1 true>>":          {rows, []byte{0, 0}},
		"/Height 2/DecodeParms<</K -1/Columns 8/EncodedByteAlign true>>":  {aligned, white(8)},
		"/Height 2/DecodeParms<</K -1/Columns 8/EncodedByteAlign false>>": {rows, white(8)},
		"/Height 2/DecodeParms<</Columns 8>>":                             {lines, white(8)},
		"/Height 2/DecodeParms<</K 0/Columns 8>> ":                        {lines, white(8)},
		"/Height 2/DecodeParms<</K 4/Columns 8>>":                         {lines, nil},
		"/Height 2/DecodeParms<</K -1/Columns 8>> ":                       {rows[:1], white(8)},
		"/Height 2/DecodeParms[]":                                         {rows, nil},
		"/Height 2/DecodeParms<</K 0/Columns 8>>":                         {rows, nil},
		"/DecodeParms<</K -1/Columns 8>>":                                 {rows, nil},
		"/Height 3/DecodeParms<</K -1/Columns 8>>":                        {rows, nil},
	} {
		v, err := (&parser{b: []byte("<<" + entries + ">>")}).value(0)
		if err != nil {
			t.Fatal(entries, err)
		}
		w := bare(t, "<</Type/Catalog>>")
		s := w.cleanPixels(&stream{v.(dict), tt.in}, tt.in, []string{"fax"})
		if got := s.dict.is("Filter", "FlateDecode"); got != (tt.want != nil) || w.left[trace.Attached] == got {
			t.Errorf("%s: %v, left %v", entries, s.dict, w.left)
		} else if got && !bytes.Equal(plainPixels(t, s), tt.want) {
			t.Errorf("%s: %x", entries, plainPixels(t, s))
		}
	}
}

func TestTheLargestFaxBecomesPlainPixels(t *testing.T) {
	const high = 1 << 20 // rows of 64 pixels: as many as a picture may have
	fax := append(bytes.Repeat([]byte{0xFF}, high/8), 0x00, 0x10, 0x01)
	v, err := (&parser{b: []byte("<</Height 1048576/DecodeParms<</K -1/Columns 64>>>>")}).value(0)
	if err != nil {
		t.Fatal(err)
	}
	d := v.(dict)
	w := bare(t, "<</Type/Catalog>>")
	if s := w.cleanPixels(&stream{d, fax}, fax, []string{"fax"}); !s.dict.is("Filter", "FlateDecode") {
		t.Errorf("%v, left %v", s.dict, w.left)
	}
	if s := w.cleanPixels(&stream{d, fax}, fax, []string{"fax", "lzw"}); !bytes.Equal(s.data, fax) ||
		!w.left[trace.Attached] {
		t.Errorf("a fax within something else: left %v", w.left)
	}
	pixels := deflated(make([]byte, maxStream))
	if n := zlibLength(append(bytes.Clone(pixels), "tail"...)); n != len(pixels) {
		t.Errorf("%d bytes of %d", n, len(pixels))
	}
}

func TestAPictureInJBIG2IsCleaned(t *testing.T) {
	good, remark := segment(48, 1, 0, false, "page"), segment(62, 2, 0, false, "a name")
	both := append(bytes.Clone(good), remark...)
	for _, tt := range []struct {
		what          string
		data, own     []byte
		rest          []string
		clean         []byte
		removed, left bool
	}{
		{"clean", good, good, []string{"jbig2"}, good, false, false},
		{"with a remark", both, both, []string{"jbig2"}, good, true, false},
		{"packed twice", both, []byte("packed"), []string{"jbig2"}, []byte("packed"), false, true},
		{"and another", both, both, []string{"jbig2", "fax"}, both, false, true},
		{"not this", both, both, []string{"lzw"}, both, false, true},
	} {
		w := bare(t, "<</Type/Catalog>>")
		s := w.cleanPixels(&stream{nil, tt.own}, tt.data, tt.rest)
		if !bytes.Equal(s.data, tt.clean) || w.removed[trace.Unnamed] != tt.removed ||
			w.left[trace.Attached] != tt.left {
			t.Errorf("%s: %q, removed %v, left %v", tt.what, s.data, w.removed, w.left)
		}
	}
}

// segment makes a segment of JBIG2 by hand.
func segment(kind byte, number uint32, refs int, wide bool, body string) []byte {
	out := []byte{byte(number >> 24), byte(number >> 16), byte(number >> 8), byte(number), kind}
	if wide {
		out[4] |= 0x40
	}
	if refs < 7 {
		out = append(out, byte(refs)<<5)
	} else {
		out = append(out, 0xE0|byte(refs>>24), byte(refs>>16), byte(refs>>8), byte(refs))
		out = append(out, make([]byte, (refs+8)/8)...)
	}
	each := 1
	if number > 256 {
		each = 2
	}
	if number > 65536 {
		each = 4
	}
	out = append(out, make([]byte, refs*each)...)
	out = append(out, 1)
	if wide {
		out = append(out, 0, 0, 0)
	}
	return append(append(out, 0, 0, 0, byte(len(body))), body...)
}

// TestOnlyWhatDrawsStaysOfJBIG2 has segments with each form of numbers, of what they refer to and of their page.
func TestOnlyWhatDrawsStaysOfJBIG2(t *testing.T) {
	const extension, profile, end, last, unknown = 62, 52, 51, 53, 54
	for _, number := range []uint32{1, 256, 257, 65536, 65537} {
		for _, refs := range []int{0, 1, 6, 7, 8, 4096} {
			for _, wide := range []bool{false, true} {
				good := segment(48, number, refs, wide, "page information")
				more := segment(0, number, refs, wide, "")
				none := [][]byte{good, more}
				if got := cleanJBIG2(bytes.Join(none, nil)); !bytes.Equal(got, bytes.Join(none, nil)) {
					t.Fatalf("segment %d with %d references, wide %v, at the end: %q", number, refs, wide, got)
				}
				in := bytes.Join([][]byte{good, segment(extension, number, refs, wide, "a name"), more,
					segment(unknown, 1, 0, false, "x"), segment(last, 2, 0, false, "tables"), []byte("tail")}, nil)
				want := bytes.Join([][]byte{good, more, segment(last, 2, 0, false, "tables")}, nil)
				if got := cleanJBIG2(in); !bytes.Equal(got, want) {
					t.Fatalf("segment %d with %d references, wide %v:\n%q\n%q", number, refs, wide, got, want)
				}
			}
		}
	}
	good := segment(48, 1, 0, false, "p")
	for what, in := range map[string][]byte{
		"nothing": nil, "words": []byte("no picture at all"), "too short": good[:10],
		"only a remark":    segment(extension, 1, 0, false, "a name"),
		"very many":        segment(48, 1, 4097, false, "p"),
		"cut in its count": {0, 0, 0, 1, 48, 0xE0, 0, 0},
	} {
		if got := cleanJBIG2(in); got != nil {
			t.Errorf("%s: %q", what, got)
		}
	}
	if got := cleanJBIG2(segment(48, 1, 6, false, "p")[:12]); got != nil {
		t.Errorf("cut in its references: %q", got)
	}
	if got := cleanJBIG2(good); !bytes.Equal(got, good) {
		t.Errorf("one segment: %q", got)
	}
	cut := append(bytes.Clone(good), segment(48, 2, 0, false, "longer")[:14]...)
	if got := cleanJBIG2(cut); !bytes.Equal(got, good) {
		t.Errorf("cut: %q", got)
	}
}
