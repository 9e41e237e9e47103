package pictures

import (
	"bytes"
	"slices"

	"fayi/judging"
	"fayi/judging/media/trace"
)

// tiffKept are the tags that make the picture (TIFF 6.0): shape, coding, colours, how it is held.
var tiffKept = []uint16{
	254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291,
	292, 293, 296,
	301,
	317,
	318,
	319,
	320,
	321,
	322,
	323,
	324,
	325,
	332,
	334,
	336,
	338,
	339,
	340,
	341,
	347,
	512,
	515,
	517,
	518,
	519,
	520,
	521,
	529,
	530,
	531,
	532,
	34675,
}

const (
	tiffStrips, tiffStripSizes, tiffTiles, tiffTileSizes = 273, 279, 324, 325
	tiffProfile                                          = 34675
	maxTIFF, maxTIFFPages                                = 512 << 20, 2000
)

// tiffSizes are the bytes of one value of each type.
var tiffSizes = [...]int{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}

// TIFF writes the file again from the tags and strips that make its pages; small previews are left out.
func TIFF(j *trace.Job) error {
	data, err := j.Whole(maxTIFF)
	if err != nil {
		return err
	}
	t := &tiffCopy{Job: j, in: data, order: byteOrder(data)}
	if t.order == nil {
		return trace.ErrBroken
	}
	t.out.Write(data[:4])
	t.out.Write(make([]byte, 4))
	link := 4 // where the place of the next page is to be written
	seen := map[uint32]bool{}
	pages := 0
	for at := t.order.Uint32(data[4:]); at != 0; {
		if seen[at] || len(seen) >= maxTIFFPages {
			return trace.ErrBroken
		}
		seen[at] = true
		tags, next, err := t.read(at)
		if err != nil {
			return err
		}
		at = next
		if t.isPreview(tags) && (pages > 0 || next != 0) {
			t.Lost(trace.Preview)
			continue
		}
		if link, err = t.page(tags, link); err != nil {
			return err
		}
		pages++
	}
	if pages == 0 {
		return trace.ErrBroken
	}
	return j.Write(t.out.Bytes())
}

type tiffCopy struct {
	*trace.Job
	in    []byte
	order byteOrdering
	out   bytes.Buffer

	unpacked int64 // bytes of pixels
}

type tiffTag struct {
	id, kind uint16
	count    uint32
	value    []byte
}

// read returns the tags to keep of the directory at at.
func (t *tiffCopy) read(at uint32) (tags []tiffTag, next uint32, err error) {
	const entry, dngVersion = 12, 50706
	if int64(at)+2 > int64(len(t.in)) {
		return nil, 0, trace.ErrBroken
	}
	n := int(t.order.Uint16(t.in[at:]))
	end := int64(at) + 2 + int64(n)*entry
	if end > int64(len(t.in)) {
		return nil, 0, trace.ErrBroken
	}
	for e := t.in[at+2 : end]; len(e) > 0; e = e[entry:] {
		tag := tiffTag{id: t.order.Uint16(e), kind: t.order.Uint16(e[2:]), count: t.order.Uint32(e[4:])}
		if tag.id == dngVersion {
			return nil, 0, judging.Fail(judging.Invalid, "scrub.unknown", nil) // its picture lies deeper
		}
		if !slices.Contains(tiffKept, tag.id) {
			t.lose(tag.id)
			continue
		}
		if int(tag.kind) >= len(tiffSizes) || tiffSizes[tag.kind] == 0 {
			return nil, 0, trace.ErrBroken
		}
		size := int64(tag.count) * int64(tiffSizes[tag.kind])
		from := int64(t.order.Uint32(e[8:]))
		switch {
		case size <= 4:
			tag.value = e[8 : 8+size]
		case from+size > int64(len(t.in)):
			return nil, 0, trace.ErrBroken
		default:
			tag.value = t.in[from : from+size]
		}
		if !t.numeric(tag) {
			if slices.Contains([]uint16{tiffStrips, tiffStripSizes, tiffTiles, tiffTileSizes}, tag.id) {
				return nil, 0, trace.ErrBroken
			}
			t.Lost(trace.Unnamed)
			continue
		}
		if tag.id == tiffProfile {
			if tag.value = CleanICC(tag.value); tag.value == nil {
				t.Lost(trace.Unnamed)
				continue
			}
			t.Lost(trace.Device)
		}
		if tag.id == tiffTables {
			if tag.value, err = t.jpegPart(tag.value); err != nil {
				return nil, 0, err
			}
			tag.count = uint32(len(tag.value))
		}
		tags = append(tags, tag)
	}
	if end+4 <= int64(len(t.in)) {
		next = t.order.Uint32(t.in[end:])
	}
	return tags, next, nil
}

func (t *tiffCopy) lose(tag uint16) {
	if of, ok := exifTags[tag]; ok {
		t.Lost(of)
	} else if tag != 285 && tag != 297 {
		t.Lost(trace.Unnamed)
	}
}

func (t *tiffCopy) isPreview(tags []tiffTag) bool {
	for _, tag := range tags {
		if tag.id == 254 && len(tag.value) == 4 {
			return t.order.Uint32(tag.value)&1 != 0
		}
	}
	return false
}

// numbers reads a tag's values, which must be counts or places.
func (t *tiffCopy) numbers(tag *tiffTag) []uint32 {
	if tag == nil {
		return nil
	}
	var out []uint32
	for b := tag.value; len(b) > 0; b = b[tiffSizes[tag.kind]:] {
		switch tag.kind {
		case 3:
			out = append(out, uint32(t.order.Uint16(b)))
		case 4:
			out = append(out, t.order.Uint32(b))
		default:
			return nil
		}
	}
	return out
}

// page writes one page: its strips, its long values, its directory, whose place it notes at link. It returns where
// the next place is noted.
func (t *tiffCopy) page(tags []tiffTag, link int) (int, error) {
	if err := t.strips(tags, tiffStrips, tiffStripSizes); err != nil {
		return 0, err
	}
	if err := t.strips(tags, tiffTiles, tiffTileSizes); err != nil {
		return 0, err
	}
	list := make([]byte, 0, len(tags)*12)
	for _, tag := range tags {
		list = t.order.AppendUint16(list, tag.id)
		list = t.order.AppendUint16(list, tag.kind)
		list = t.order.AppendUint32(list, tag.count)
		if len(tag.value) <= 4 {
			list = append(list, append(bytes.Clone(tag.value), 0, 0, 0, 0)[:4]...)
			continue
		}
		list = t.order.AppendUint32(list, uint32(t.even()))
		t.out.Write(tag.value)
	}
	at := t.even()
	t.out.Write(t.order.AppendUint16(nil, uint16(len(tags))))
	t.out.Write(list)
	next := t.out.Len()
	t.out.Write(make([]byte, 4))
	t.order.PutUint32(t.out.Bytes()[link:], uint32(at))
	return next, nil
}

func (t *tiffCopy) even() int {
	if t.out.Len()%2 == 1 {
		t.out.WriteByte(0)
	}
	return t.out.Len()
}

// strips copies the pieces of the picture that the tags at and sizes tell of, and notes their new places in the tag.
func (t *tiffCopy) strips(tags []tiffTag, at, sizes uint16) error {
	find := func(id uint16) *tiffTag {
		if i := slices.IndexFunc(tags, func(tag tiffTag) bool { return tag.id == id }); i >= 0 {
			return &tags[i]
		}
		return nil
	}
	places, lengths := find(at), find(sizes)
	if places == nil {
		return nil
	}
	from, size := t.numbers(places), t.numbers(lengths)
	if len(from) == 0 || len(size) != len(from) {
		return trace.ErrBroken
	}
	places.kind, places.value = 4, nil
	lengths.kind, lengths.value = 4, nil
	for i := range from {
		// or strips that lie over each other
		if int64(from[i])+int64(size[i]) > int64(len(t.in)) || t.out.Len() > 2*len(t.in) {
			return trace.ErrBroken
		}
		strip, err := t.strip(find(tiffCompression), from[i], size[i])
		if err != nil {
			return err
		}
		places.value = t.order.AppendUint32(places.value, uint32(t.even()))
		lengths.value = t.order.AppendUint32(lengths.value, uint32(len(strip)))
		t.out.Write(strip)
	}
	return nil
}
