package recordings

import (
	"encoding/binary"
	"slices"

	"fayi/judging/media/scrub/pictures"
	"fayi/judging/media/trace"
)

// isoTables are the tables of a film by what stands before their rows, from the body on, and how long a row is; what
// stands behind the last row is not theirs. Where the row is 0 the box has one length.
var isoTables = map[string][2]int64{
	"stts": {8, 8}, "ctts": {8, 8}, "stss": {8, 4}, "stps": {8, 4}, "stsc": {8, 12}, "stco": {8, 4}, "co64": {8, 8},
	"mfhd": {8, 0}, "trex": {24, 0}, "mfro": {8, 0}, "vmhd": {12, 0}, "smhd": {8, 0}, "hdlr": {24, 0}, "clef": {12, 0},
	"prof": {12, 0}, "enof": {12, 0}, "mehd": {12, 0}, "tfdt": {12, 0}, "cslg": {44, 0}, "tfhd": {40, 0},
}

// isoBrands are what films call themselves (ISO/IEC 14496-12, and the registry of MP4RA).
var isoBrands = []string{
	"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1", "hvc1", "hev1",
	"av01", "qt  ", "M4V ", "M4A ", "M4B ", "M4P ", "f4v ", "F4V ", "dash", "msdh", "msix", "cmfc", "cmf2", "3gp4", "3gp5",
	"3gp6", "3gp7", "3g2a", "3ge6", "3gr6", "3gs6", "MSNV", "dby1", "ndsc", "NDSC", "heic", "hevc", "mif1", "msf1", "XAVC",
}

// tail blanks what stands behind the part of a box that players read.
func (w *isoWalker) tail(b box) error {
	size := b.end - b.body
	end := size
	head, err := w.BytesAt(b.body, int(min(size, 12)))
	if err != nil {
		return err
	}
	be := binary.BigEndian
	long := len(head) > 0 && head[0] == 1
	t, known := isoTables[b.kind]
	switch {
	case known && t[1] == 0:
		end = t[0]
	case known && len(head) >= 8:
		end = t[0] + t[1]*int64(be.Uint32(head[4:]))
	case b.kind == "stsz" && len(head) == 12:
		if end = 12; be.Uint32(head[4:]) == 0 {
			end += 4 * int64(be.Uint32(head[8:]))
		}
	case b.kind == "elst" && len(head) >= 8:
		if end = 8 + 12*int64(be.Uint32(head[4:])); long {
			end = 8 + 20*int64(be.Uint32(head[4:]))
		}
	case b.kind == "mvhd":
		end = pick(long, 112, 100)
	case b.kind == "tkhd":
		end = pick(long, 96, 84)
	case b.kind == "mdhd":
		end = pick(long, 36, 24)
	}
	if end < size {
		if b.kind != "hdlr" {
			w.Lost(trace.Unnamed)
		}
		w.blankBytes(b.body+end, b.end)
	}
	return nil
}

func pick(yes bool, a, b int64) int64 {
	if yes {
		return a
	}
	return b
}

// brands writes a known name over names of formats that nobody gave.
func (w *isoWalker) brands(b box) error {
	const most = 4 << 10
	if b.end-b.body > most {
		return trace.ErrBroken
	}
	list, err := w.BytesAt(b.body, int(b.end-b.body))
	if err != nil {
		return err
	}
	for at := 0; at < len(list); at += 4 {
		name := list[at:min(at+4, len(list))]
		if at != 4 && !slices.Contains(isoBrands, string(name)) {
			with := []byte("isom")[:len(name)]
			w.patches = append(w.patches, trace.Patch{At: b.body + int64(at), Size: int64(len(name)), With: with})
		}
	}
	return nil
}

// references blanks the addresses of where the samples of a track are: they are in the file.
func (w *isoWalker) references(b box) error {
	for at := b.body + 8; at+8 <= b.end; {
		e, err := w.next(at, b.end)
		if err != nil {
			return err
		}
		if e.end-e.body > 4 {
			w.Lost(trace.Unnamed)
			w.patches = append(w.patches, trace.Patch{At: e.body, Size: e.end - e.body, With: []byte{0, 0, 0, 1}})
			if e.kind != "url " {
				w.patches = append(w.patches, trace.Patch{At: e.at + 4, Size: 4, With: []byte("url ")})
			}
		}
		at = e.end
	}
	return nil
}

// isoDescribed are the boxes of a sample description by which samples are decoded.
var isoDescribed = []string{
	"avcC", "hvcC", "lhvC", "vvcC", "av1C", "vpcC", "dvcC", "dvvC", "esds", "pasp", "fiel", "clap", "btrt", "gama", "chan",
	"dac3", "dec3", "dac4", "ddts", "dOps", "alac", "damr", "d263", "sinf", "frma", "mdcv", "clli", "SmDm", "CoLL", "srat",
	"pcmC", "enda", "mp4a", "glbl", "strf", "wave", "colr", "dfLa", "nclx", "stri", "svmi", "st3d", "sv3d",
}

// descriptions cleans the descriptions of a track's samples: names of programs, and boxes that decode nothing.
func (w *isoWalker) descriptions(stsd box, picture bool) error {
	const nameAt, nameSize, entry, still, sound, sound1, sound2 = 42, 32, 8, 78, 28, 44, 64
	at := stsd.body + 8
	for at+8 <= stsd.end {
		e, err := w.next(at, stsd.end)
		if err != nil {
			return err
		}
		head := int64(still)
		if !picture {
			b, err := w.BytesAt(e.body, int(min(entry+2, e.end-e.body)))
			if err != nil {
				return err
			}
			head = sound
			if len(b) == entry+2 {
				switch binary.BigEndian.Uint16(b[entry:]) {
				case 1:
					head = sound1
				case 2:
					head = sound2
				}
			}
		}
		if picture && e.body+nameAt+nameSize <= e.end {
			w.blankBytes(e.body+nameAt, e.body+nameAt+nameSize)
		}
		if e.body+head < e.end {
			if err := w.described(e.body+head, e.end, 0); err != nil {
				return err
			}
		}
		at = e.end
	}
	w.blankBytes(at, stsd.end)
	return nil
}

// described walks the boxes of a description.
func (w *isoWalker) described(at, end int64, depth int) error {
	for at+8 <= end {
		b, err := w.next(at, end)
		if err != nil {
			return err
		}
		at = b.end
		switch {
		case !slices.Contains(isoDescribed, b.kind):
			w.Lost(trace.Unnamed)
			w.blank(b)
		case slices.Contains([]string{"wave", "sinf", "sv3d"}, b.kind) && depth < 2:
			err = w.described(b.body, b.end, depth+1)
		case b.kind == "colr":
			err = w.colours(b)
		case b.kind == "dfLa":
			err = w.lossless(b)
		}
		if err != nil {
			return err
		}
	}
	w.blankBytes(at, end)
	return nil
}

// colours takes the words out of a colour profile.
func (w *isoWalker) colours(b box) error {
	const most = 4 << 20
	if b.end-b.body > most {
		return trace.ErrBroken
	}
	body, err := w.BytesAt(b.body, int(b.end-b.body))
	if err != nil || len(body) < 4 {
		return err
	}
	switch kind := string(body[:4]); kind {
	case "nclx", "nclc":
		w.blankBytes(b.body+pick(kind == "nclx", 11, 10), b.end)
	default:
		clean := pictures.CleanICC(body[4:])
		if clean == nil {
			w.blank(b)
			return nil
		}
		w.Lost(trace.Device)
		w.patches = append(w.patches, trace.Patch{At: b.body + 4, Size: int64(len(clean)), With: clean})
	}
	return nil
}

// lossless makes padding of the blocks in a description of FLAC that tell of the maker.
func (w *isoWalker) lossless(b box) error {
	const most = 1 << 20
	if b.end-b.body > most || b.end-b.body < 4 {
		return trace.ErrBroken
	}
	body, err := w.BytesAt(b.body+4, int(b.end-b.body-4))
	if err != nil {
		return err
	}
	cleanFLACHead(body)
	w.patches = append(w.patches, trace.Patch{At: b.body + 4, Size: int64(len(body)), With: body})
	return nil
}
