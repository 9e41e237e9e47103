package recordings

import (
	"math/bits"
	"slices"

	"fayi/judging/media/trace"
)

// Elements of Matroska (RFC 9559) that are looked into.
const (
	mkEBML, mkSegment, mkInfo = 0x1A45DFA3, 0x18538067, 0x1549A966
	mkTracks, mkTrack         = 0x1654AE6B, 0xAE
	mkCluster, mkGroup        = 0x1F43B675, 0xA0
	mkSimple, mkBlock         = 0xA3, 0xA1
	mkAdditions               = 0x75A1
	mkCodec, mkPrivate        = 0x86, 0x63A2
	mkDocType                 = 0x4282
	mkVideo, mkAudio          = 0xE0, 0xE1
	mkColour, mkMastering     = 0x55B0, 0x55D0
	mkProjection              = 0x7670
	mkEncodings, mkEncoding   = 0x6D80, 0x6240
	mkSeekHead, mkSeek        = 0x114D9B74, 0x4DBB
	mkCues, mkCue, mkPlaces   = 0x1C53BB6B, 0xBB, 0xB7
	mkNumber, mkType          = 0xD7, 0x83
)

// mkKept are the elements that players need, by what they stand in; all others are made void: names, languages,
// tags, chapters, attached files, dates, identities, and whatever a program made up. 0 is the file.
var mkKept = map[uint32][]uint32{
	0:         {mkEBML, mkSegment},
	mkEBML:    {0x4286, 0x42F7, 0x42F2, 0x42F3, mkDocType, 0x4287, 0x4285},
	mkSegment: {mkSeekHead, mkInfo, mkTracks, mkCluster, mkCues},
	mkInfo:    {0x2AD7B1, 0x4489, 0x4D80, 0x5741},
	mkTracks:  {mkTrack},
	mkTrack: {mkNumber, 0x73C5, mkType, 0xB9, 0x88, 0x55AA, 0x55AB, 0x55AC, 0x55AD, 0x55AE, 0x55AF, 0x9C, 0x6DE7, 0x6DF8,
		0x23E383, 0x234E7A, 0x23314F, 0x55EE, mkCodec, mkPrivate, 0x56AA, 0x56BB, 0xAA, mkVideo, mkAudio, mkEncodings},
	mkVideo: {0x9A, 0x9D, 0x53B8, 0x53C0, 0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2, 0x54B3,
		0x2EB524, mkColour, mkProjection},
	mkAudio: {0xB5, 0x78B5, 0x9F, 0x6264, 0x52F1},
	mkColour: {0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB, 0x55BC, 0x55BD,
		mkMastering},
	mkMastering: {0x55D1, 0x55D2, 0x55D3, 0x55D4, 0x55D5, 0x55D6, 0x55D7, 0x55D8, 0x55D9, 0x55DA},

	mkProjection: {0x7671, 0x7673, 0x7674, 0x7675},
	mkEncodings:  {mkEncoding},
	mkEncoding:   {0x5031, 0x5032, 0x5033, mkPacking},
	mkPacking:    {0x4254, 0x4255},
	mkSeekHead:   {mkSeek},
	mkSeek:       {0x53AB, 0x53AC},
	mkCluster:    {0xE7, 0xA7, 0xAB, mkSimple, mkGroup},
	mkGroup:      {mkBlock, 0x9B, 0xFA, 0xFB, 0x75A2, mkAdditions},
	mkCues:       {mkCue},
	mkCue:        {0xB3, mkPlaces},
	mkPlaces:     {0xF7, 0xF1, 0xF0, 0xB2, 0x5378, 0xEA},
}

// mkPacking says how a track is packed, mostly by leaving out the first bytes of each frame.
const mkPacking = 0x5034

// mkLong are kept elements that may have more bytes than a number.
var mkLong = []uint32{mkSimple, mkBlock, mkAdditions, mkPrivate, mkCodec, mkDocType, 0x4D80, 0x5741, 0x4255}

var mkTraces = map[uint32]trace.Trace{
	0x1254C367: trace.Author, 0x1941A469: trace.Attached, 0x7BA9: trace.Title, 0x4461: trace.Date, 0x7384: trace.Title,
	0x536E: trace.Title, 0xBF: "", 0xEC: "", 0x1043A770: trace.Title, 0x22B59C: "", 0x73A4: "",
}

// Matroska voids in place the elements of Matroska and WebM that players don't need, and the tracks that are neither
// picture nor sound: subtitles and buttons.
func Matroska(j *trace.Job) error {
	w := &mkWalker{Job: j, kept: map[uint64]bool{}, alpha: map[uint64]bool{}}
	if _, err := w.elements(0, j.Size, 0, 0); err != nil {
		return err
	}
	if !w.segment {
		return trace.ErrBroken
	}
	return j.CopyPatched(w.patches)
}

type mkWalker struct {
	*trace.Job

	patches []trace.Patch
	count   int
	kept    map[uint64]bool // numbers of the tracks that stay
	alpha   map[uint64]bool // of those, tracks whose blocks hold what can be seen through
	tracks  bool            // they were found
	segment bool
}

// element is one element: its head is at at, its body from body to stop.
type element struct {
	id             uint32
	at, body, stop int64
	open           bool // it ends where something begins that can't be in it
}

func (w *mkWalker) next(at, end int64) (element, error) {
	h, err := w.BytesAt(at, int(min(12, end-at)))
	if err != nil {
		return element{}, err
	}
	id, n1 := vint(h, 4, false)
	size, n2 := vint(h[n1:], 8, true)
	if n1 == 0 || n2 == 0 {
		return element{}, trace.ErrBroken
	}
	e := element{id: uint32(id), at: at, body: at + int64(n1+n2)}
	e.stop = e.body + int64(size)
	if e.open = size == 1<<(7*n2)-1; e.open || e.stop > end || e.stop < e.body {
		e.stop = end // a film that was sent live, or cut
	}
	return e, nil
}

// elements walks the elements from at to end within another one. It returns where it ended: before end where an
// element came that can't stand within.
func (w *mkWalker) elements(at, end int64, within uint32, depth int) (int64, error) {
	const most = 50_000_000
	for at < end {
		if w.count++; w.count > most || depth > 6 {
			return at, trace.ErrBroken
		}
		if err := w.Ctx.Err(); err != nil {
			return at, err
		}
		e, err := w.next(at, end)
		if err != nil && within == 0 && w.segment {
			w.Lost(trace.Unnamed) // what stands behind a film is no part of it
			w.patches = append(w.patches, trace.Patch{At: at, Size: end - at})
			return end, nil
		}
		if err != nil {
			return at, err
		}
		if within == mkCluster && slices.Contains(mkKept[mkSegment], e.id) {
			return at, nil
		}
		if at, err = w.element(e, within, depth); err != nil {
			return at, err
		}
	}
	return at, nil
}

func (w *mkWalker) element(e element, within uint32, depth int) (int64, error) {
	_, master := mkKept[e.id]
	switch {
	case !slices.Contains(mkKept[within], e.id), !master && e.stop-e.body > 8 && !slices.Contains(mkLong, e.id):
		if t := mkTraces[e.id]; t != "" {
			w.Lost(t)
		} else if _, known := mkTraces[e.id]; !known {
			w.Lost(trace.Unnamed)
		}
		w.voids(e)
		return e.stop, nil
	case e.id == mkSegment:
		w.segment = true
		if err := w.findTracks(e); err != nil {
			return e.stop, err
		}
	case e.id == mkTrack:
		return e.stop, w.track(e, depth)
	case e.id == mkGroup:
		return e.stop, w.group(e, depth)
	}
	if master {
		at, err := w.elements(e.body, e.stop, e.id, depth+1)
		if !e.open {
			at = e.stop
		}
		return at, err
	}
	return e.stop, w.leaf(e)
}

// leaf cleans an element that holds no others and stays.
func (w *mkWalker) leaf(e element) error {
	switch e.id {
	case 0x4D80, 0x5741: // the programs that made it must be named
		w.Lost(trace.Software)
		w.patches = append(w.patches, trace.Patch{At: e.body, Size: e.stop - e.body})
	case mkDocType:
		b, err := w.BytesAt(e.body, int(min(e.stop-e.body, 16)))
		if s := string(b); err != nil || s != "matroska" && s != "webm" {
			return trace.ErrBroken
		}
	case mkSimple:
		n, err := w.trackOf(e)
		if err == nil && !w.kept[n] {
			w.voids(e)
		}
		return err
	}
	return nil
}

// trackOf returns the number of the track that a block belongs to.
func (w *mkWalker) trackOf(block element) (uint64, error) {
	h, err := w.BytesAt(block.body, int(min(8, block.stop-block.body)))
	n, size := vint(h, 8, true)
	if err == nil && size == 0 {
		err = trace.ErrBroken
	}
	return n, err
}

func (w *mkWalker) voids(e element) {
	w.patches = append(w.patches, trace.Patch{At: e.at, Size: e.stop - e.at, With: void(e.stop - e.at)})
}

// void returns the head of an element that means nothing and is n bytes long, at least 2.
func void(n int64) []byte {
	if n < 2 {
		return nil
	}
	if n-2 < 127 {
		return []byte{0xEC, 0x80 | byte(n-2)}
	}
	if n < 9 {
		return nil
	}
	b := []byte{0xEC, 1, 0, 0, 0, 0, 0, 0, 0}
	for i, v := 8, n-9; i > 1; i-- {
		b[i] = byte(v)
		v >>= 8
	}
	return b
}

// vint reads a number of variable length, at most most bytes; drop takes its mark off. n is 0 for none.
func vint(b []byte, most int, drop bool) (v uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if n > most || n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if drop {
		v &= 1<<(8-n) - 1
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}
