package recordings

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"fayi/judging/media/trace"
)

func job(t *testing.T, data []byte) *trace.Job {
	t.Helper()
	return trace.New(t.Context(), io.Discard, bytes.NewReader(data), int64(len(data)))
}

// patched returns data with patches, which a copy would have.
func patched(data []byte, patches []trace.Patch) []byte {
	out := bytes.Clone(data)
	for _, p := range patches {
		clear(out[p.At : p.At+p.Size])
		copy(out[p.At:p.At+p.Size], p.With)
	}
	return out
}

func lost(j *trace.Job) bool { return len(j.Result().Removed) > 0 }

// boxOf makes a box of ISO/IEC 14496-12.
func boxOf(kind, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + kind + body
}

func be32(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }

const behind = "a name"

// TestWhatStandsBehindATableIsBlanked has, for each table, so many bytes as the standard says and some more.
func TestWhatStandsBehindATableIsBlanked(t *testing.T) {
	rows := func(before string, n, each int) string { return before + be32(uint32(n)) + strings.Repeat("r", n*each) }
	zero := strings.Repeat("\x00", 4)
	for what, b := range map[string]struct{ kind, body string }{
		"times":               {"stts", rows(zero, 3, 8)},
		"no times":            {"stts", rows(zero, 0, 8)},
		"offsets of times":    {"ctts", rows("\x01\x00\x00\x00", 2, 8)},
		"first samples":       {"stsc", rows(zero, 2, 12)},
		"places":              {"stco", rows(zero, 2, 4)},
		"far places":          {"co64", rows(zero, 2, 8)},
		"sync samples":        {"stss", rows(zero, 1, 4)},
		"sizes":               {"stsz", zero + be32(0) + be32(3) + strings.Repeat("r", 12)},
		"one size":            {"stsz", zero + be32(9) + be32(3)},
		"edits":               {"elst", rows(zero, 2, 12)},
		"far edits":           {"elst", rows("\x01\x00\x00\x00", 2, 20)},
		"film":                {"mvhd", zero + strings.Repeat("r", 96)},
		"long film":           {"mvhd", "\x01" + strings.Repeat("r", 111)},
		"track":               {"tkhd", zero + strings.Repeat("r", 80)},
		"long track":          {"tkhd", "\x01" + strings.Repeat("r", 95)},
		"media":               {"mdhd", zero + strings.Repeat("r", 20)},
		"long media":          {"mdhd", "\x01" + strings.Repeat("r", 35)},
		"what handles it":     {"hdlr", strings.Repeat("r", 24)},
		"picture":             {"vmhd", strings.Repeat("r", 12)},
		"number of fragments": {"mfhd", strings.Repeat("r", 8)},
	} {
		for _, more := range []string{"", "x", behind} {
			data := []byte(boxOf(b.kind, b.body+more))
			w := &isoWalker{Job: job(t, data)}
			if err := w.tail(box{b.kind, 0, 8, int64(len(data))}); err != nil {
				t.Fatal(what, err)
			}
			want := []byte(boxOf(b.kind, b.body+strings.Repeat("\x00", len(more))))
			if got := patched(data, w.patches); !bytes.Equal(got, want) || lost(w.Job) != (more != "" &&
				b.kind != "hdlr") {
				t.Errorf("%s with %q behind: told %v\n%q", what, more, lost(w.Job), got)
			}
		}
		for _, cut := range []string{b.body[:4], ""} {
			data := []byte(boxOf(b.kind, cut))
			w := &isoWalker{Job: job(t, data)}
			if err := w.tail(box{b.kind, 0, 8, int64(len(data))}); err != nil || len(w.patches) > 0 {
				t.Errorf("%s that is cut: %v, %v", what, w.patches, err)
			}
		}
	}
	for kind, body := range map[string]string{"stts": zero + "\x00\x00\x00", "elst": zero + "\x00\x00\x00",
		"stsz": zero + be32(0) + "\x00\x00\x00", "what": behind} {
		data := []byte(boxOf(kind, body))
		w := &isoWalker{Job: job(t, data)}
		if err := w.tail(box{kind, 0, 8, int64(len(data))}); err != nil || len(w.patches) > 0 {
			t.Errorf("%s without its count, or unknown: %v, %v", kind, w.patches, err)
		}
	}
}

func TestOnlyBrandsOfTheRegistryStay(t *testing.T) {
	for in, want := range map[string]string{
		"isom\x00\x00\x02\x00mp41avc1": "isom\x00\x00\x02\x00mp41avc1", "NAMEnameNAMEmp41": "isomnameisommp41",
		"isomnameNA": "isomnameis", "": "", "qt  ": "qt  ", "isomNAMENAME": "isomNAMEisom",
		"isom" + strings.Repeat("NAME", 1023): "isomNAME" + strings.Repeat("isom", 1022), // 4 KiB
	} {
		data := []byte(boxOf("ftyp", in))
		w := &isoWalker{Job: job(t, data)}
		err := w.brands(box{"ftyp", 0, 8, int64(len(data))})
		if got := string(patched(data, w.patches)[8:]); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	data := []byte(boxOf("ftyp", strings.Repeat("a", 4<<10+1)))
	if err := (&isoWalker{Job: job(t, data)}).brands(box{"ftyp", 0, 8, int64(len(data))}); !errors.Is(err,
		trace.ErrBroken) {
		t.Errorf("a very long list: %v", err)
	}
}

func TestAddressesOfSamplesAreBlanked(t *testing.T) {
	const flags = "\x00\x00\x00\x01"
	for in, want := range map[string]string{
		boxOf("url ", flags):                           boxOf("url ", flags),
		boxOf("url ", flags+behind):                    boxOf("url ", flags+strings.Repeat("\x00", len(behind))),
		boxOf("urn ", flags+behind):                    boxOf("url ", flags+strings.Repeat("\x00", len(behind))),
		boxOf("url ", flags) + boxOf("alis", "a.mov!"): boxOf("url ", flags) + boxOf("url ", flags+"\x00\x00"),
		"": "", "1234567": "1234567",
	} {
		data := []byte(boxOf("dref", be32(0)+be32(1)+in))
		w := &isoWalker{Job: job(t, data)}
		err := w.references(box{"dref", 0, 8, int64(len(data))})
		if got := string(patched(data, w.patches)[16:]); err != nil || got != want || lost(w.Job) != (in != want) {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	data := []byte(boxOf("dref", be32(0)+be32(1)+be32(4)+"url "))
	if err := (&isoWalker{Job: job(t, data)}).references(box{"dref", 0, 8, int64(len(data))}); err == nil {
		t.Error("a box shorter than its head")
	}
}

// TestDescriptionsKeepWhatDecodes: the boxes begin behind a head whose length depends on what is described.
func TestDescriptionsKeepWhatDecodes(t *testing.T) {
	const boxes = "\x00\x00\x00\x0BavcCabc" // 11 bytes
	note, void := boxOf("note", behind), boxOf("free", strings.Repeat("\x00", len(behind)))
	still := func(name string) string { return strings.Repeat("h", 42) + name + strings.Repeat("h", 4) }
	nobody, somebody := strings.Repeat("\x00", 32), strings.Repeat("n", 32)
	sound := func(version byte, size int) string {
		return strings.Repeat("h", 8) + "\x00" + string(version) + strings.Repeat("h", size-10)
	}
	for what, tt := range map[string]struct {
		picture  bool
		in, want string
	}{
		"a picture": {true, boxOf("avc1", still(somebody)+boxes+note), boxOf("avc1",
			still(nobody)+boxes+void)},
		"a picture, no boxes":  {true, boxOf("avc1", still(somebody)), boxOf("avc1", still(nobody))},
		"a picture cut behind": {true, boxOf("avc1", still(somebody)[:74]), boxOf("avc1", still(nobody)[:74])},
		"a picture cut before": {true, boxOf("avc1", still(somebody)[:73]), boxOf("avc1", still(somebody)[:73])},
		"two": {true, boxOf("avc1", still(somebody)) + boxOf("hev1", still(somebody)),
			boxOf("avc1", still(nobody)) + boxOf("hev1", still(nobody))},
		"sound":                  {false, boxOf("mp4a", sound(0, 28)+note), boxOf("mp4a", sound(0, 28)+void)},
		"sound, first version":   {false, boxOf("mp4a", sound(1, 44)+note), boxOf("mp4a", sound(1, 44)+void)},
		"sound, second version":  {false, boxOf("mp4a", sound(2, 64)+note), boxOf("mp4a", sound(2, 64)+void)},
		"sound, another version": {false, boxOf("mp4a", sound(3, 28)+note), boxOf("mp4a", sound(3, 28)+void)},
		"sound that is cut":      {false, boxOf("mp4a", "123456789"), boxOf("mp4a", "123456789")},
		"something behind": {false, boxOf("mp4a", sound(0, 28)) + "1234567", boxOf("mp4a", sound(0,
			28)) + nobody[:7]},
	} {
		data := []byte(boxOf("stsd", be32(0)+be32(1)+tt.in))
		w := &isoWalker{Job: job(t, data)}
		err := w.descriptions(box{"stsd", 0, 8, int64(len(data))}, tt.picture)
		if got := string(patched(data, w.patches)[16:]); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%q\nwant\n%q", what, err, got, tt.want)
		}
	}
	for what, in := range map[string]string{"a box": be32(4) + "avc1", "a box within": boxOf("mp4a", sound(0,
		28)+be32(4)+"esds")} {
		data := []byte(boxOf("stsd", be32(0)+be32(1)+in))
		if err := (&isoWalker{Job: job(t, data)}).descriptions(box{"stsd", 0, 8, int64(len(data))}, false); err == nil {
			t.Errorf("%s shorter than its head", what)
		}
	}
}

func TestBoxesWithinDescriptionsAreCleaned(t *testing.T) {
	note, void := boxOf("note", behind), boxOf("free", strings.Repeat("\x00", len(behind)))
	zeros := strings.Repeat("\x00", len(behind))
	// a profile without tags, of whose head what makes colours stays (ICC.1, 7.2)
	head := func(device string) string {
		return be32(132) + strings.Repeat("\x00", 32) + "acsp" + device + strings.Repeat("\x00",
			128-40-len(device)) + be32(0)
	}
	profile, plain := head(behind), head("")
	for in, want := range map[string]string{
		"":                                 "",
		boxOf("esds", behind):              boxOf("esds", behind),
		note + boxOf("esds", behind):       void + boxOf("esds", behind),
		boxOf("wave", note):                boxOf("wave", void),
		boxOf("wave", boxOf("sinf", note)): boxOf("wave", boxOf("sinf", void)),
		boxOf("wave", boxOf("sinf", boxOf("sv3d", note))): boxOf("wave", boxOf("sinf", boxOf("sv3d", note))),
		// no deeper
		boxOf("pasp", "12345678") + "tail":  boxOf("pasp", "12345678") + "\x00\x00\x00\x00",
		boxOf("colr", "nclx1234567"+behind): boxOf("colr", "nclx1234567"+zeros),
		boxOf("colr", "nclc123456"+behind):  boxOf("colr", "nclc123456"+zeros),
		boxOf("colr", "nclx1234567"):        boxOf("colr", "nclx1234567"),
		boxOf("colr", "prof"+behind):        boxOf("free", "\x00\x00\x00\x00"+zeros),
		boxOf("colr", "abc"):                boxOf("colr", "abc"),
		boxOf("colr", "prof"):               boxOf("free", "\x00\x00\x00\x00"),
		boxOf("colr", "prof"+profile):       boxOf("colr", "prof"+plain),
		boxOf("dfLa", "\x00\x00\x00\x00\x84\x00\x00\x03abc"): boxOf("dfLa",
			"\x00\x00\x00\x00\x81\x00\x00\x03\x00\x00\x00"),
		boxOf("dfLa", "\x00\x00\x00\x00"): boxOf("dfLa", "\x00\x00\x00\x00"),
	} {
		data := []byte(in)
		w := &isoWalker{Job: job(t, data)}
		err := w.described(0, int64(len(data)), 0)
		if got := string(patched(data, w.patches)); err != nil || got != want {
			t.Errorf("%q: %v\n%q\nwant\n%q", in, err, got, want)
		}
	}
	for what, in := range map[string]string{
		"a description of FLAC that is cut": boxOf("dfLa", "abc"), "a very long one": boxOf("dfLa",
			strings.Repeat("a", 1<<20+1)),
		"very long colours": boxOf("colr", strings.Repeat("a", 4<<20+1)), "a broken box": be32(4) + "esds",
	} {
		data := []byte(in)
		if err := (&isoWalker{Job: job(t, data)}).described(0, int64(len(data)), 0); !errors.Is(err, trace.ErrBroken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for kind, size := range map[string]int{"dfLa": 1 << 20, "colr": 4 << 20} { // just as long as they may be
		data := []byte(boxOf(kind, strings.Repeat("\x00", size)))
		if err := (&isoWalker{Job: job(t, data)}).described(0, int64(len(data)), 0); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
