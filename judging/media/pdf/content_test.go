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
	f.Add(byte(2), "", []byte("\x00\x00\x00\x01\x30\x00\x01\x00\x00\x00\x02ab\x00\x00\x00\x02\x3E\x00\x01\x00\x00\x00\x01c"))
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
