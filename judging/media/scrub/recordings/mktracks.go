package recordings

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"

	"fayi/judging/media/trace"
)

// findTracks reads which tracks are pictures and sound, before the blocks that belong to them are met.
func (w *mkWalker) findTracks(segment element) error {
	for at := segment.body; at < segment.stop; {
		e, err := w.next(at, segment.stop)
		if err != nil {
			return nil // told when it is met again
		}
		if e.id == mkTracks {
			w.tracks = true
			return w.eachTrack(e)
		}
		if e.open {
			return nil
		}
		at = e.stop
	}
	return nil
}

func (w *mkWalker) eachTrack(tracks element) error {
	for at := tracks.body; at < tracks.stop; {
		e, err := w.next(at, tracks.stop)
		if err != nil {
			return err
		}
		if e.id == mkTrack {
			n, kind, alpha, err := w.about(e)
			if err != nil {
				return err
			}
			if kind >= 1 && kind <= 3 {
				w.kept[n], w.alpha[n] = true, alpha
			}
		}
		at = e.stop
	}
	return nil
}

// about reads the number of a track, what it is (1 picture, 2 sound, 3 both), and whether its blocks hold what can be
// seen through.
func (w *mkWalker) about(track element) (number, kind uint64, alpha bool, err error) {
	for at := track.body; at < track.stop; {
		e, err := w.next(at, track.stop)
		if err != nil {
			return 0, 0, false, err
		}
		if at = e.stop; e.id == mkVideo && e.body < e.stop {
			_, _, inner, err := w.about(element{body: e.body, stop: e.stop})
			if err != nil {
				return 0, 0, false, err
			}
			alpha = alpha || inner
		}
		if e.id != mkNumber && e.id != mkType && e.id != 0x53C0 || e.stop-e.body > 8 {
			continue
		}
		b, err := w.BytesAt(e.body, int(e.stop-e.body))
		if err != nil {
			return 0, 0, false, err
		}
		v := uint64(0)
		for _, c := range b {
			v = v<<8 | uint64(c)
		}
		switch e.id {
		case mkNumber:
			number = v
		case mkType:
			kind = v
		default:
			alpha = v != 0
		}
	}
	return number, kind, alpha, nil
}

// codecName is how the names of codecs are formed.
var codecName = regexp.MustCompile(`^[VA]_[A-Z0-9]{1,12}([/_.][A-Z0-9]{1,12}){0,4}$`)

// track cleans the description of a track, or voids it.
func (w *mkWalker) track(e element, depth int) error {
	n, _, _, err := w.about(e)
	if err != nil {
		return err
	}
	if !w.kept[n] {
		w.Lost(trace.Title, trace.Unnamed)
		w.voids(e)
		return nil
	}
	if _, err := w.elements(e.body, e.stop, mkTrack, depth+1); err != nil {
		return err
	}
	codec, private := "", element{}
	for at := e.body; at < e.stop; {
		k, err := w.next(at, e.stop)
		if err != nil {
			return err
		}
		at = k.stop
		switch k.id {
		case mkCodec:
			b, err := w.BytesAt(k.body, int(min(k.stop-k.body, 80)))
			if codec = strings.TrimRight(string(b), "\x00"); err != nil || !codecName.MatchString(codec) {
				return trace.ErrBroken
			}
		case mkPrivate:
			private = k
		}
	}
	return w.private(codec, private)
}

// private cleans what a codec keeps beside its frames: three of them keep tags there.
func (w *mkWalker) private(codec string, e element) error {
	const most = 8 << 20
	size := e.stop - e.body
	if size == 0 {
		return nil
	}
	if size > most {
		return trace.ErrBroken
	}
	b, err := w.BytesAt(e.body, int(size))
	if err != nil {
		return err
	}
	clean := bytes.Clone(b)
	switch {
	case codec == "A_VORBIS" || codec == "V_THEORA":
		cleanLaced(clean)
	case strings.HasPrefix(codec, "A_FLAC"):
		cleanFLACHead(clean)
	case strings.HasPrefix(codec, "A_OPUS"):
		if n := opusHeadSize(clean); n < len(clean) {
			clear(clean[n:])
		}
	case codec == "V_QUICKTIME": // a description as in QuickTime, with boxes of its own
		w.Left[trace.Unnamed] = true
	}
	if !bytes.Equal(b, clean) {
		w.Lost(trace.Software)
		w.patches = append(w.patches, trace.Patch{At: e.body, Size: size, With: clean})
	}
	return nil
}

// cleanLaced blanks the comments among the three head packets of Vorbis and Theora, which follow each other behind
// their lengths.
func cleanLaced(b []byte) {
	if len(b) < 3 || b[0] != 2 {
		return
	}
	at := 1
	var sizes [2]int
	for i := range sizes {
		for at < len(b) && b[at] == 255 {
			sizes[i] += 255
			at++
		}
		if at >= len(b) {
			return
		}
		sizes[i] += int(b[at])
		at++
	}
	from, to := at+sizes[0], at+sizes[0]+sizes[1]
	if to > len(b) {
		return
	}
	packet := b[from:to]
	const vorbis, numbers = 7, 8
	frame := 0
	if bytes.HasPrefix(packet, []byte("\x03vorbis")) {
		frame = 1
	}
	if len(packet) < vorbis+numbers+frame {
		clear(packet)
		return
	}
	body := packet[vorbis:]
	clear(body)
	n := len(body) - numbers - frame // the name of a program, as long as all that stood here
	binary.LittleEndian.PutUint32(body, uint32(n))
	for i := range n {
		body[4+i] = ' '
	}
	if frame == 1 {
		body[len(body)-1] = 1
	}
}

// cleanFLACHead makes padding of the blocks before the frames that are not about them.
func cleanFLACHead(b []byte) {
	const info, seek, padding, last = 0, 3, 1, 0x80
	if bytes.HasPrefix(b, []byte("fLaC")) {
		b = b[4:]
	}
	for len(b) >= 4 {
		n := int(b[1])<<16 | int(b[2])<<8 | int(b[3])
		end := min(4+n, len(b))
		kind := b[0] &^ last
		if kind != info && kind != seek || kind == info && n != 34 {
			b[0] = b[0]&last | padding
			clear(b[4:end])
		}
		if b[0]&last != 0 {
			clear(b[end:])
			return
		}
		b = b[end:]
	}
	clear(b)
}

// group voids a group whose block belongs to no track that stays; of the others it keeps additions only where they can
// be seen.
func (w *mkWalker) group(e element, depth int) error {
	keep, alpha := false, false
	var additions []element
	for at := e.body; at < e.stop; {
		k, err := w.next(at, e.stop)
		if err != nil {
			return err
		}
		at = k.stop
		switch k.id {
		case mkBlock:
			n, err := w.trackOf(k)
			if err != nil {
				return err
			}
			keep, alpha = w.kept[n], w.alpha[n]
		case mkAdditions:
			additions = append(additions, k)
		}
	}
	if !keep {
		w.voids(e)
		return nil
	}
	if !alpha {
		for _, a := range additions {
			w.Lost(trace.Unnamed)
			w.voids(a)
		}
	}
	_, err := w.elements(e.body, e.stop, mkGroup, depth+1)
	return err
}
