package documents

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"

	"fayi/judging/media/trace"
)

// oleFile is a compound file: sectors in chains, and a directory of streams.
type oleFile struct {
	*trace.Job
	sector  int64 // bytes
	fat     []uint32
	miniFAT []uint32
	mini    []int64 // where the sectors that hold the small streams lie
}

const (
	oleEnd         = 0xFFFFFFFE
	oleSmallest    = 4096 // bytes from which a stream has sectors of its own
	oleMiniSector  = 64
	oleMostSectors = 4 << 20
)

// OLE empties the streams of properties, in place. Who changed what is kept deep within the text's own stream:
// it is reported as left.
func OLE(j *trace.Job) error {
	o := &oleFile{Job: j}
	head, err := j.BytesAt(0, 512)
	if err != nil {
		return err
	}
	if err := o.tables(head); err != nil {
		return err
	}
	patches, err := o.properties(binary.LittleEndian.Uint32(head[48:]))
	if err != nil {
		return err
	}
	j.Left[trace.History] = true
	return j.CopyPatched(patches)
}

// tables reads which sector follows which.
func (o *oleFile) tables(head []byte) error {
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return trace.ErrBroken
	}
	o.sector = 1 << shift
	list := head[76:512] // the first 109 sectors of the table
	for next, n := binary.LittleEndian.Uint32(head[68:]), 0; ; n++ {
		for ; len(list) >= 4; list = list[4:] {
			if at := binary.LittleEndian.Uint32(list); at < oleEnd-3 {
				if err := o.table(&o.fat, at); err != nil {
					return err
				}
			}
		}
		if next >= oleEnd-3 || n > 1000 {
			break
		}
		more, err := o.BytesAt(o.place(next), int(o.sector))
		if err != nil {
			return err
		}
		next, list = binary.LittleEndian.Uint32(more[o.sector-4:]), more[:o.sector-4]
	}
	for _, at := range o.chain(binary.LittleEndian.Uint32(head[60:])) {
		if err := o.table(&o.miniFAT, at); err != nil {
			return err
		}
	}
	return nil
}

func (o *oleFile) place(sector uint32) int64 { return (int64(sector) + 1) * o.sector }

func (o *oleFile) table(to *[]uint32, sector uint32) error {
	b, err := o.BytesAt(o.place(sector), int(o.sector))
	if err != nil || len(*to) > oleMostSectors {
		return trace.ErrBroken
	}
	for ; len(b) > 0; b = b[4:] {
		*to = append(*to, binary.LittleEndian.Uint32(b))
	}
	return nil
}

// chain lists the sectors from first on; a loop ends it.
func (o *oleFile) chain(first uint32) []uint32 { return follow(o.fat, first) }

func follow(fat []uint32, first uint32) (out []uint32) {
	for at := first; int64(at) < int64(len(fat)) && len(out) <= len(fat); at = fat[at] {
		out = append(out, at)
	}
	return out
}

// properties walks the directory and returns what empties the streams of properties.
func (o *oleFile) properties(first uint32) (patches []trace.Patch, err error) {
	const entry = 128
	for n, at := range o.chain(first) {
		list, err := o.BytesAt(o.place(at), int(o.sector))
		if err != nil {
			return nil, err
		}
		for i := 0; i+entry <= len(list); i += entry {
			e := list[i : i+entry]
			start, size := binary.LittleEndian.Uint32(e[116:]), int64(binary.LittleEndian.Uint32(e[120:]))
			if n == 0 && i == 0 { // the root holds the small streams
				for _, s := range o.chain(start) {
					o.mini = append(o.mini, o.place(s))
				}
			}
			// when it was made and changed
			patches = append(patches, trace.Patch{At: o.place(at) + int64(i) + 100, Size: 16})
			if name := oleName(e); strings.HasPrefix(name, "\x05") &&
				slices.Contains([]string{"\x05SummaryInformation", "\x05DocumentSummaryInformation"}, name) {
				o.Lost(trace.Author, trace.Title, trace.Date)
				patches = append(patches, o.empty(start, size)...)
			}
		}
	}
	return patches, nil
}

func oleName(e []byte) string {
	n := min(int(binary.LittleEndian.Uint16(e[64:])), 64)/2 - 1
	var u []uint16
	for i := range max(n, 0) {
		u = append(u, binary.LittleEndian.Uint16(e[2*i:]))
	}
	return string(utf16.Decode(u))
}

// noProperties is a set of properties without any ([MS-OLEPS]).
var noProperties = []byte(
	"\xFE\xFF\x00\x00\x05\x01\x02\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
		"\x01\x00\x00\x00" +
		"\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\x00\x2B\x27\xB3\xD9" + "\x30\x00\x00\x00" +
		"\x08\x00\x00\x00\x00\x00\x00\x00",
)

// empty writes no properties over a stream.
func (o *oleFile) empty(start uint32, size int64) (out []trace.Patch) {
	put := func(at, n int64) {
		p := trace.Patch{At: at, Size: n}
		if len(out) == 0 && n >= int64(len(noProperties)) {
			p.With = noProperties
		}
		out = append(out, p)
	}
	if size >= oleSmallest {
		for _, s := range o.chain(start) {
			put(o.place(s), min(o.sector, o.Size-o.place(s)))
		}
		return out
	}
	per := o.sector / oleMiniSector
	for _, s := range follow(o.miniFAT, start) {
		if big := int64(s) / per; big < int64(len(o.mini)) {
			put(o.mini[big]+int64(s)%per*oleMiniSector, oleMiniSector)
		}
	}
	return out
}
