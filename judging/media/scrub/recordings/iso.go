package recordings

import (
	"encoding/binary"
	"slices"

	"fayi/judging/media/trace"
)

// isoWalk are boxes that hold boxes; isoKept are boxes whose content players need (ISO/IEC 14496-12, QuickTime).
// All other boxes are blanked and called free, in place, since the tables of a film point into its file.
var (
	isoWalk = []string{
		"moov", "trak", "mdia", "minf", "edts", "dinf", "stbl", "mvex", "moof", "traf", "mfra", "tapt",
	}
	isoKept = []string{
		"ftyp", "styp", "mdat", "wide", "sidx", "mvhd", "tkhd", "elst", "mdhd", "hdlr", "vmhd", "smhd", "dref", "stsd",
		"stts", "ctts", "cslg", "stss", "stsc", "stsz", "stz2", "stco", "co64", "saiz", "saio", "clef", "prof", "enof",
		"mehd", "trex", "mfhd", "tfhd", "trun", "tfdt", "stps", "senc", "tfra", "mfro",
	}
)

// ISO blanks in place what the boxes of MP4, QuickTime and 3GP (ISO/IEC 14496-12) say besides the film.
func ISO(j *trace.Job) error {
	w := &isoWalker{Job: j}
	if err := w.boxes(0, j.Size, "", 0); err != nil {
		return err
	}
	if !w.film {
		return trace.ErrBroken
	}
	w.blankGaps()
	return j.CopyPatched(w.patches)
}

type isoWalker struct {
	*trace.Job
	patches []trace.Patch
	boxesN  int
	film    bool

	tracks    []box // of pictures and sound
	mdat      []box
	fragments bool
	dropped   bool // a track is not in the copy
	picture   bool // the track at hand is one of pictures
}

// box is one box of a film: its body lies from body to end.
type box struct {
	kind          string
	at, body, end int64
}

func (w *isoWalker) next(at, end int64) (box, error) {
	if w.boxesN++; w.boxesN > 200_000 {
		return box{}, trace.ErrBroken
	}
	h, err := w.BytesAt(at, int(min(16, end-at)))
	if err != nil {
		return box{}, err
	}
	b := box{kind: string(h[4:8]), at: at, body: at + 8}
	size := int64(binary.BigEndian.Uint32(h))
	switch {
	case size == 0:
		size = end - at
	case size == 1 && len(h) == 16:
		b.body = at + 16
		size = int64(binary.BigEndian.Uint64(h[8:]))
	}
	b.end = at + size
	if size < b.body-at || b.end < at {
		return box{}, trace.ErrBroken
	}
	if b.end > end {
		if b.kind != "mdat" {
			return box{}, trace.ErrBroken
		}
		b.end = end // a film whose download was cut
	}
	return b, nil
}

func (w *isoWalker) boxes(at, end int64, within string, depth int) error {
	for at+8 <= end {
		if err := w.Ctx.Err(); err != nil {
			return err
		}
		b, err := w.next(at, end)
		if err != nil {
			return err
		}
		if err := w.box(b, depth); err != nil {
			return err
		}
		at = b.end
	}
	w.blankBytes(at, end)
	return nil
}

func (w *isoWalker) box(b box, depth int) error {
	switch {
	case b.kind == "moov" || b.kind == "moof":
		w.film = true
		w.fragments = w.fragments || b.kind == "moof"
	case b.kind == "mdat":
		w.mdat = append(w.mdat, b)
		return nil
	case b.kind == "wide":
		w.blankBytes(b.body, b.end)
		return nil
	case b.kind == "mvhd" || b.kind == "tkhd" || b.kind == "mdhd":
		if err := w.dates(b); err != nil {
			return err
		}
		return w.tail(b)
	case b.kind == "ftyp" || b.kind == "styp":
		return w.brands(b)
	case b.kind == "dref":
		return w.references(b)
	case b.kind == "stsd":
		return w.descriptions(b, w.picture)
	}
	if b.kind == "trak" {
		if drop, err := w.telemetry(b); drop || err != nil {
			return err
		}
		w.tracks = append(w.tracks, b)
	}
	if slices.Contains(isoWalk, b.kind) && depth < 8 {
		return w.boxes(b.body, b.end, b.kind, depth+1)
	}
	if slices.Contains(isoKept, b.kind) {
		return w.tail(b)
	}
	if of, known := isoTraces[b.kind]; known {
		w.Lost(of...)
	} else if b.kind != "free" && b.kind != "skip" {
		w.Lost(trace.Unnamed)
	}
	w.blank(b)
	return nil
}

var isoTraces = map[string][]trace.Trace{
	"udta": {trace.Author, trace.Title, trace.Device}, "meta": {trace.Author, trace.Title}, "uuid": {trace.Unnamed},
}

func (w *isoWalker) blank(b box) {
	w.patches = append(w.patches, trace.Patch{At: b.at + 4, Size: 4, With: []byte("free")})
	w.blankBytes(b.body, b.end)
}

func (w *isoWalker) blankBytes(from, to int64) {
	if to > from {
		w.patches = append(w.patches, trace.Patch{At: from, Size: to - from})
	}
}

// dates blanks when a film or track was made and changed.
func (w *isoWalker) dates(b box) error {
	h, err := w.BytesAt(b.body, 4)
	if err != nil {
		return err
	}
	size := int64(8)
	if h[0] == 1 {
		size = 16
	}
	if b.end-b.body < 4+size {
		return trace.ErrBroken
	}
	old, err := w.BytesAt(b.body+4, int(size))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(old, func(c byte) bool { return c != 0 }) {
		w.Lost(trace.Date)
	}
	w.blankBytes(b.body+4, b.body+4+size)
	return nil
}

// telemetry reports whether a track holds anything but sound and picture: subtitles, chapters, where the camera was.
// Such a track is blanked; its samples, which lie elsewhere, are blanked by blankGaps.
func (w *isoWalker) telemetry(trak box) (bool, error) {
	for at := trak.body; at+8 <= trak.end; {
		b, err := w.next(at, trak.end)
		if err != nil {
			return false, err
		}
		if b.kind == "mdia" {
			return w.handled(trak, b)
		}
		at = b.end
	}
	return false, nil
}

func (w *isoWalker) handled(trak, mdia box) (bool, error) {
	for at := mdia.body; at+8 <= mdia.end; {
		b, err := w.next(at, mdia.end)
		if err != nil {
			return false, err
		}
		at = b.end
		if b.kind != "hdlr" || b.end-b.body < 12 {
			continue
		}
		h, err := w.BytesAt(b.body+8, 4)
		if err != nil {
			return false, err
		}
		switch string(h) {
		case "vide", "auxv", "pict":
			w.picture = true
		case "soun":
			w.picture = false
		default:
			w.Lost(trace.Title, trace.Unnamed)
			w.dropped = true
			w.blank(trak)
			return true, nil
		}
	}
	return false, nil
}
