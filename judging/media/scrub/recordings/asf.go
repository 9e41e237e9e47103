package recordings

import (
	"encoding/binary"
	"slices"

	"fayi/judging/media/trace"
)

// Objects of ASF (Windows Media) by their identities.
const (
	asfHeader      = "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	asfProperties  = "\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65"
	asfStream      = "\x91\x07\xDC\xB7\xB7\xA9\xCF\x11\x8E\xE6\x00\xC0\x0C\x20\x53\x65"
	asfExtension   = "\xB5\x03\xBF\x5F\x2E\xA9\xCF\x11\x8E\xE3\x00\xC0\x0C\x20\x53\x65"
	asfMore        = "\xCB\xA5\xE6\x14\x72\xC6\x32\x43\x83\x99\xA9\x69\x52\x06\x5B\x5A"
	asfPadding     = "\x74\xD4\x06\x18\xDF\xCA\x09\x45\xA4\xBA\x9A\xAB\xCB\x96\xAA\xE8"
	asfDescription = "\x33\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	asfExtended    = "\x40\xA4\xD0\xD2\x07\xE3\xD2\x11\x97\xF0\x00\xA0\xC9\x5E\xA8\x50"
	asfMetadata    = "\xEA\xCB\xF8\xC5\xAF\x5B\x77\x48\x84\x67\xAA\x8C\x44\xFA\x4C\xCA"
	asfLibrary     = "\x94\x1C\x23\x44\x98\x94\xD1\x49\xA1\x41\x1D\x13\x4E\x45\x70\x54"
	asfBranding    = "\xFA\xB3\x11\x22\x23\xBD\xD2\x11\xB4\xB7\x00\xA0\xC9\x55\xFC\x6E"
	asfData        = "\x36\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	asfSound       = "\x40\x9E\x69\xF8\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B"
	asfPicture     = "\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B"
)

var asfTraces = map[string]trace.Trace{
	asfDescription: trace.Author,
	asfExtended:    trace.Author,
	asfMetadata:    trace.Title,
	asfLibrary:     trace.Title,
	asfBranding:    trace.Preview,
}

// asfKept are the objects that players need; asfIndexes those behind the film by which players seek.
var (
	asfKept = []string{
		asfProperties, asfStream, asfExtension, asfMore,
		"\xCE\x75\xF8\x7B\x8D\x46\xD1\x11\x8D\x82\x00\x60\x97\xC9\xA2\xB2", // rates
		"\x35\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", // correction of errors
		"\x5D\x8B\xF1\x26\x84\x45\xEC\x47\x9F\x5F\x0E\x65\x1F\x04\x52\xC9", // compatibility
	}
	asfIndexes = []string{
		"\x90\x08\x00\x33\xB1\xE5\xCF\x11\x89\xF4\x00\xA0\xC9\x03\x49\xCB",
		"\xD3\x29\xE2\xD6\xDA\x35\xD1\x11\x90\x34\x00\xA0\xC9\x03\x49\xBE",
		"\xF8\x03\xB1\xFE\xAD\x12\x64\x4C\x84\x0F\x2A\x1D\x2F\x7A\xD4\x8C",
	}
)

// ASF makes padding of the objects that players don't need: who made it, markers, commands, names of codecs and
// languages, and whatever a program made up.
func ASF(j *trace.Job) error {
	h, err := j.BytesAt(0, 30)
	if err != nil {
		return err
	}
	end := int64(binary.LittleEndian.Uint64(h[16:]))
	if end < 30 || end > j.Size {
		return trace.ErrBroken
	}
	a := &asfCopy{Job: j}
	if err := a.objects(30, end, 0); err != nil {
		return err
	}
	if err := a.behind(end); err != nil {
		return err
	}
	return j.CopyPatched(a.patches)
}

type asfCopy struct {
	*trace.Job

	patches []trace.Patch
}

func (a *asfCopy) blank(from, to int64) {
	if to > from {
		a.patches = append(a.patches, trace.Patch{At: from, Size: to - from})
	}
}

// pad makes padding of an object.
func (a *asfCopy) pad(at, size int64) {
	a.patches = append(a.patches, trace.Patch{At: at, Size: 16, With: []byte(asfPadding)})
	a.blank(at+24, at+size)
}

func (a *asfCopy) objects(at, end int64, depth int) error {
	for n := 0; at+24 <= end; n++ {
		h, err := a.BytesAt(at, 24)
		if err != nil {
			return err
		}
		id, size := string(h[:16]), int64(binary.LittleEndian.Uint64(h[16:]))
		if size < 24 || size > end-at || n > 1000 {
			return trace.ErrBroken
		}
		if err := a.object(id, at, size, depth); err != nil {
			return err
		}
		at += size
	}
	a.blank(at, end)
	return nil
}

func (a *asfCopy) object(id string, at, size int64, depth int) error {
	const properties, extension = 104, 46
	switch {
	case !slices.Contains(asfKept, id):
		if of, known := asfTraces[id]; known {
			a.Lost(of)
		} else if id != asfPadding {
			a.Lost(trace.Unnamed)
		}
		a.pad(at, size)
	case id == asfProperties:
		if size < properties {
			return trace.ErrBroken
		}
		a.Lost(trace.Date)
		a.blank(at+48, at+56)
		a.blank(at+properties, at+size)
	case id == asfExtension && depth == 0 && size >= extension:
		return a.objects(at+extension, at+size, depth+1)
	case id == asfMore:
		return a.names(at, size)
	case id == asfStream:
		return a.stream(at, size)
	}
	return nil
}

// stream reports a stream that is neither picture nor sound: commands, files.
func (a *asfCopy) stream(at, size int64) error {
	const head = 24 + 54
	if size < head {
		return trace.ErrBroken
	}
	h, err := a.BytesAt(at+24, head-24)
	if err != nil {
		return err
	}
	own, fix := int64(binary.LittleEndian.Uint32(h[40:])), int64(binary.LittleEndian.Uint32(h[44:]))
	if own+fix > size-head {
		return trace.ErrBroken
	}
	a.blank(at+head+own+fix, at+size)
	if kind := string(h[:16]); kind != asfSound && kind != asfPicture {
		a.Left[trace.Title] = true
	}
	return nil
}

// names blanks the names of a stream.
func (a *asfCopy) names(at, size int64) error {
	const fixed = 24 + 64
	if size < fixed {
		return trace.ErrBroken
	}
	h, err := a.BytesAt(at, fixed)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	names, systems := int(le.Uint16(h[fixed-4:])), int(le.Uint16(h[fixed-2:]))
	p, end := at+fixed, at+size
	for range names {
		h, err := a.BytesAt(p, 4)
		if err != nil {
			return err
		}
		n := int64(le.Uint16(h[2:]))
		if p+4+n > end {
			return trace.ErrBroken
		}
		a.Lost(trace.Title)
		a.blank(p+4, p+4+n)
		p += 4 + n
	}
	for range systems {
		h, err := a.BytesAt(p, 22)
		if err != nil {
			return err
		}
		n := int64(le.Uint32(h[18:]))
		if p+22+n > end {
			return trace.ErrBroken
		}
		a.blank(p+22, p+22+n)
		p += 22 + n
	}
	if p == end {
		return nil
	}
	return a.objects(p, end, 1) // one that describes the stream
}

// behind blanks what stands behind the head and is neither the film nor an index of it.
func (a *asfCopy) behind(at int64) error {
	for n := 0; at+24 <= a.Size; n++ {
		h, err := a.BytesAt(at, 24)
		if err != nil {
			return err
		}
		id, size := string(h[:16]), int64(binary.LittleEndian.Uint64(h[16:]))
		if size < 24 || size > a.Size-at || n > 100 {
			if id == asfData {
				return nil // cut, or sent live
			}
			break
		}
		if id != asfData && !slices.Contains(asfIndexes, id) {
			a.Lost(trace.Unnamed)
			a.pad(at, size)
		}
		at += size
	}
	if at < a.Size {
		a.Lost(trace.Unnamed)
	}
	a.blank(at, a.Size)
	return nil
}
