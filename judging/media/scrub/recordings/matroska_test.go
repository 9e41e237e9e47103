package recordings

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"fayi/judging/media/trace"
)

// el makes an element of EBML whose size has eight bytes.
func el(id uint32, body string) string {
	head := []byte{byte(id >> 24), byte(id >> 16), byte(id >> 8), byte(id)}
	for len(head) > 1 && head[0] == 0 {
		head = head[1:]
	}
	n := len(body)
	return string(head) + string([]byte{1, 0, 0, 0, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) + body
}

// gone is what stands where an element was voided.
func gone(e string) string {
	return string(void(int64(len(e)))) + strings.Repeat("\x00", len(e)-len(void(int64(len(e)))))
}

// film makes a film of tracks and what else stands in its segment.
func film(inSegment ...string) string {
	return el(mkEBML, el(mkDocType, "webm")) + el(mkSegment, strings.Join(inSegment, ""))
}

func trackOf(n, kind byte, more ...string) string {
	return el(mkTrack, el(mkNumber, string([]byte{n}))+el(mkType, string([]byte{kind}))+strings.Join(more, ""))
}

func walked(t *testing.T, in string) (string, *mkWalker, error) {
	t.Helper()
	w := &mkWalker{Job: job(t, []byte(in)), kept: map[uint64]bool{}, alpha: map[uint64]bool{}}
	_, err := w.elements(0, w.Size, 0, 0)
	return string(patched([]byte(in), w.patches)), w, err
}

// block is a block of a track, as simple ones and those in groups have it.
func block(track byte, words string) string { return string([]byte{0x80 | track, 0, 0, 0}) + words }

// TestOnlyTracksOfPicturesAndSoundStay: by their kinds, 1 to 3, and with them their blocks.
func TestOnlyTracksOfPicturesAndSoundStay(t *testing.T) {
	for kind := range byte(6) {
		keep := kind >= 1 && kind <= 3
		track, simple := trackOf(7, kind), el(mkSimple, block(7, "words"))
		group := el(mkGroup, el(mkBlock, block(7, "words")))
		other := trackOf(1, 1)
		in := film(el(mkTracks, other+track), el(mkCluster, simple+group))
		want := in
		if !keep {
			want = film(el(mkTracks, other+gone(track)), el(mkCluster, gone(simple)+gone(group)))
		}
		got, w, err := walked(t, in)
		if err != nil || got != want || lost(w.Job) != !keep {
			t.Errorf("kind %d: %v, told %v\n%q\nwant\n%q", kind, err, lost(w.Job), got, want)
		}
	}
	// tracks behind what they are needed for, and a segment without any
	cluster := el(mkCluster, el(mkSimple, block(1, "words")))
	if got, _, err := walked(t, film(cluster, el(mkTracks, trackOf(1, 1)))); err != nil ||
		got != film(cluster, el(mkTracks, trackOf(1, 1))) {
		t.Errorf("%v: %q", err, got)
	}
	if got, _, err := walked(t, film(cluster)); err != nil || strings.Contains(got, "words") {
		t.Errorf("%v: %q", err, got)
	}
}

// TestAdditionsStayWhereTheyAreSeenThrough: what a block adds is drawn only where the track says so.
func TestAdditionsStayWhereTheyAreSeenThrough(t *testing.T) {
	const alphaMode = 0x53C0
	for _, tt := range []struct {
		what, video string
		keep        bool
	}{
		{"no picture", "", false}, {"a picture", el(mkVideo, el(0xB0, "\x09")), false},
		{"seen through", el(mkVideo, el(0xB0, "\x09")+el(alphaMode, "\x01")), true},
		{"not seen through", el(mkVideo, el(alphaMode, "\x00")), false},
		{"an empty picture", el(mkVideo, ""), false},
		{"a number of nine bytes", el(mkVideo, el(alphaMode, "\x00\x00\x00\x00\x00\x00\x00\x00\x01")), false},
		{"a number of eight bytes", el(mkVideo, el(alphaMode, "\x00\x00\x00\x00\x00\x00\x00\x01")), true},
	} {
		additions := el(mkAdditions, "words")
		in := film(el(mkTracks, trackOf(1, 1, tt.video)), el(mkCluster, el(mkGroup, el(mkBlock, block(1,
			"frame"))+additions)))
		want := strings.Replace(in, additions, gone(additions), 1)
		if tt.keep {
			want = in
		}
		got, w, err := walked(t, in)
		if tt.what == "a number of nine bytes" { // it goes itself
			got, want = got[len(got)-50:], want[len(want)-50:]
		}
		if err != nil || got != want || !tt.keep && !lost(w.Job) {
			t.Errorf("%s: %v\n%q\nwant\n%q", tt.what, err, got, want)
		}
	}
}

func TestCodecsAreNamedAsTheRegistryForms(t *testing.T) {
	for name, good := range map[string]bool{
		"V_VP9": true, "A_AAC/MPEG4/LC/SBR": true, "V_MPEG4/ISO/AVC\x00\x00": true, "": false, "S_TEXT/UTF8": false,
		"V_wang": false, "V_" + strings.Repeat("A", 12): true, "V_" + strings.Repeat("A", 13): false,
	} {
		_, _, err := walked(t, film(el(mkTracks, trackOf(1, 1, el(mkCodec, name)))))
		if (err == nil) != good || err != nil && !errors.Is(err, trace.ErrBroken) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// laced is how Vorbis keeps its three head packets in a file of Matroska.
func laced(id, comment, setup string) string {
	lace := func(n int) string { return strings.Repeat("\xFF", n/255) + string([]byte{byte(n % 255)}) }
	return "\x02" + lace(len(id)) + lace(len(comment)) + id + comment + setup
}

// comments is a packet of comments whose program is as long as all that stood there, in blanks.
func comments(mark string, n, frame int) string {
	body := string([]byte{byte(n), byte(n >> 8), 0, 0}) + strings.Repeat(" ", n) + "\x00\x00\x00\x00"
	if frame == 1 {
		body += "\x01"
	}
	return mark + body
}

func TestTagsNextToTheFramesAreBlanked(t *testing.T) {
	const id, vorbis, theora = "identification", "\x03vorbis", "\x81theora"
	words := strings.Repeat("w", 300)
	flac := func(kind byte, body string) string {
		return string([]byte{kind, byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}) + body
	}
	info := flac(0, strings.Repeat("i", 34))
	opus := "OpusHead\x01\x02" + strings.Repeat("o", 8) + "\x00"
	mapped := "OpusHead\x01\x03" + strings.Repeat("o", 8) + "\x01" + "sc" + "abc"
	for _, tt := range []struct{ what, codec, in, want string }{
		{"vorbis", "A_VORBIS", laced(id, vorbis+words+"\x01", "setup"), laced(id, comments(vorbis, 292, 1), "setup")},
		{"a long head", "A_VORBIS", laced(words, vorbis+words+"\x01", "s"), laced(words, comments(vorbis, 292,
			1), "s")},
		{"theora", "V_THEORA", laced(id, theora+words, "setup"), laced(id, comments(theora, 292, 0), "setup")},
		{"the shortest", "A_VORBIS", laced(id, vorbis+"123456789", "s"), laced(id, comments(vorbis, 0, 1), "s")},
		{"too short", "A_VORBIS", laced(id, vorbis+"12345678", "s"), laced(id, strings.Repeat("\x00", 15), "s")},
		{"the shortest of theora", "V_THEORA", laced(id, theora+"12345678", ""), laced(id, comments(theora, 0, 0), "")},
		{"not laced", "A_VORBIS", "\x01" + words, "\x01" + words},
		{"cut in its lengths", "A_VORBIS", "\x02\xFF\xFF", "\x02\xFF\xFF"},
		{"cut in its packets", "A_VORBIS", "\x02\x03\x0Aabc", "\x02\x03\x0Aabc"},
		{"two bytes", "A_VORBIS", "\x02\x00", "\x02\x00"},
		{"flac", "A_FLAC", "fLaC" + info + flac(4, words) + flac(0x83, "seek"),
			"fLaC" + info + flac(1, strings.Repeat("\x00", 300)) + flac(0x83, "seek")},
		{"flac without its mark", "A_FLAC", info + flac(0x84, words) + "tail",
			info + flac(0x81, strings.Repeat("\x00", 300)) + "\x00\x00\x00\x00"},
		{"an empty block at the end", "A_FLAC", info + "\x84\x00\x00\x00", info + "\x81\x00\x00\x00"},
		{"a wrong head", "A_FLAC", flac(0, "name") + flac(0x80, strings.Repeat("i", 34)),
			flac(1, "\x00\x00\x00\x00") + flac(0x80, strings.Repeat("i", 34))},
		{"a block that is cut", "A_FLAC", info + flac(4, words)[:50], info + flac(1, strings.Repeat("\x00", 300))[:50]},
		{"bytes that are no block", "A_FLAC", info + "abc", info + "\x00\x00\x00"},
		{"opus", "A_OPUS", opus + "name", opus + "\x00\x00\x00\x00"}, {"opus alone", "A_OPUS", opus, opus},
		{"opus with a map", "A_OPUS", mapped + "name", mapped + "\x00\x00\x00\x00"},
		{"another", "V_VP9", words, words}, {"nothing", "A_OPUS", "", ""},
	} {
		track := func(private string) string {
			return film(el(mkTracks, trackOf(1, 1, el(mkCodec, tt.codec), el(mkPrivate, private))))
		}
		got, w, err := walked(t, track(tt.in))
		if err != nil || got != track(tt.want) || lost(w.Job) != (tt.in != tt.want) {
			t.Errorf("%s: %v, told %v\n%q\nwant\n%q", tt.what, err, lost(w.Job), got, track(tt.want))
		}
	}
	most := film(el(mkTracks, trackOf(1, 1, el(mkCodec, "V_VP9"), el(mkPrivate, strings.Repeat("a", 8<<20)))))
	if _, _, err := walked(t, most); err != nil {
		t.Errorf("as long as it may be: %v", err)
	}
	most = film(el(mkTracks, trackOf(1, 1, el(mkCodec, "V_VP9"), el(mkPrivate, strings.Repeat("a", 8<<20+1)))))
	if _, _, err := walked(t, most); !errors.Is(err, trace.ErrBroken) {
		t.Errorf("longer than it may be: %v", err)
	}
	if _, w, err := walked(t, film(el(mkTracks, trackOf(1, 1, el(mkCodec, "V_QUICKTIME"), el(mkPrivate,
		"a"))))); err != nil ||
		!w.Left[trace.Unnamed] {
		t.Errorf("a description of QuickTime is not told to be left: %v", err)
	}
}

// TestFilmsThatAreCutOrBrokenWithinAreRefused puts an element that is not one into each place that is looked into.
func TestFilmsThatAreCutOrBrokenWithinAreRefused(t *testing.T) {
	const bad = "\x00\x00"
	for what, in := range map[string]string{
		"tracks":  film(el(mkTracks, trackOf(1, 1)+bad)),
		"a track": film(el(mkTracks, trackOf(1, 1, bad))),
		"video":   film(el(mkTracks, trackOf(1, 1, el(mkVideo, bad)))),
		"a group": film(el(mkTracks, trackOf(1, 1)), el(mkCluster, el(mkGroup, el(mkBlock, block(1, "a"))+bad))),
		"a block": film(el(mkTracks, trackOf(1, 1)), el(mkCluster, el(mkGroup, el(mkBlock, bad)))),
	} {
		if got, _, err := walked(t, in); !errors.Is(err, trace.ErrBroken) {
			t.Errorf("%s: %v, %q", what, err, bytes.TrimSpace([]byte(got)))
		}
	}
}
