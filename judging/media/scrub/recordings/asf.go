package recordings

import (
	"encoding/binary"

	"fayi/judging/media/trace"
)

// Objects of ASF (Windows Media) by their identities.
const (
	asfHeader      = "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	asfProperties  = "\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65"
	asfExtension   = "\xB5\x03\xBF\x5F\x2E\xA9\xCF\x11\x8E\xE3\x00\xC0\x0C\x20\x53\x65"
	asfPadding     = "\x74\xD4\x06\x18\xDF\xCA\x09\x45\xA4\xBA\x9A\xAB\xCB\x96\xAA\xE8"
	asfDescription = "\x33\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	asfExtended    = "\x40\xA4\xD0\xD2\x07\xE3\xD2\x11\x97\xF0\x00\xA0\xC9\x5E\xA8\x50"
	asfMetadata    = "\xEA\xCB\xF8\xC5\xAF\x5B\x77\x48\x84\x67\xAA\x8C\x44\xFA\x4C\xCA"
	asfLibrary     = "\x94\x1C\x23\x44\x98\x94\xD1\x49\xA1\x41\x1D\x13\x4E\x45\x70\x54"
	asfBranding    = "\xFA\xB3\x11\x22\x23\xBD\xD2\x11\xB4\xB7\x00\xA0\xC9\x55\xFC\x6E"
)

var asfTraces = map[string]trace.Trace{
	asfDescription: trace.Author,
	asfExtended:    trace.Author,
	asfMetadata:    trace.Title,
	asfLibrary:     trace.Title,
	asfBranding:    trace.Preview,
}

// ASF makes padding of the objects that tell of a maker.
func ASF(j *trace.Job) error {
	h, err := j.BytesAt(0, 30)
	if err != nil {
		return err
	}
	end := int64(binary.LittleEndian.Uint64(h[16:]))
	if end < 30 || end > j.Size {
		return trace.ErrBroken
	}
	patches, err := asfObjects(j, 30, end, 0)
	if err != nil {
		return err
	}
	return j.CopyPatched(patches)
}

func asfObjects(j *trace.Job, at, end int64, depth int) (patches []trace.Patch, err error) {
	for n := 0; at+24 <= end; n++ {
		h, err := j.BytesAt(at, 24)
		if err != nil {
			return nil, err
		}
		id, size := string(h[:16]), int64(binary.LittleEndian.Uint64(h[16:]))
		if size < 24 || size > end-at || n > 1000 {
			return nil, trace.ErrBroken
		}
		of, tells := asfTraces[id]
		switch {
		case tells:
			j.Lost(of)
			patches = append(patches, trace.Patch{
				At:   at,
				Size: 16,
				With: []byte(asfPadding),
			}, trace.Patch{
				At:   at + 24,
				Size: size - 24,
			})
		case id == asfProperties && size >= 56:
			j.Lost(trace.Date)
			patches = append(patches, trace.Patch{At: at + 48, Size: 8})
		case id == asfExtension && size > 46 && depth == 0:
			more, err := asfObjects(j, at+46, at+size, depth+1)
			if err != nil {
				return nil, err
			}
			patches = append(patches, more...)
		}
		at += size
	}
	return patches, nil
}
