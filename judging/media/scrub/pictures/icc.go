package pictures

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// iccDrawn are the tags of a colour profile by which colours are computed (ICC.1:2022, 9.2). All others are words:
// the name of a screen, often with its owner's, a copyright, a maker's private data.
var iccDrawn = []string{
	"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "wtpt", "bkpt", "chad", "A2B0", "A2B1", "A2B2", "A2B3",
	"B2A0", "B2A1", "B2A2", "B2A3", "D2B0", "D2B1", "D2B2", "D2B3", "B2D0", "B2D1", "B2D2", "B2D3", "gamt", "cicp",
	"lumi",
}

// CleanICC returns a colour profile of the same length with nothing but what colours need; nil for what is no profile.
func CleanICC(in []byte) []byte {
	const header, entry, mostTags = 128, 12, 200
	if len(in) < header+4 || string(in[36:40]) != "acsp" {
		return nil
	}
	be := binary.BigEndian
	n := int(be.Uint32(in[header:]))
	if n > mostTags || header+4+n*entry > len(in) {
		return nil
	}
	out := make([]byte, len(in))
	copy(out, in[:header+4])
	be.PutUint32(out, uint32(len(out)))
	for _, field := range [][2]int{{4, 8}, {24, 36}, {40, 64}, {80, 128}} { // who made it, when, on what, for what
		clear(out[field[0]:field[1]])
	}
	var words []byte // entries of tags that must be there
	for i := range n {
		e := in[header+4+i*entry:][:entry]
		at, size := int64(be.Uint32(e[4:])), int64(be.Uint32(e[8:]))
		if at < int64(header+4+n*entry) || at+size > int64(len(in)) {
			return nil
		}
		copy(out[header+4+i*entry:], e)
		if slices.Contains(iccDrawn, string(e[:4])) && iccLength(in[at:at+size]) == size {
			copy(out[at:at+size], in[at:at+size])
			continue
		}
		words = append(words, e...)
		if !slices.Contains([]string{"desc", "cprt", "dmnd", "dmdd", "view", "meas", "tech", "vcgt"}, string(e[:4])) {
			copy(out[header+4+i*entry:], "priv")
		}
	}
	for ; len(words) > 0; words = words[entry:] {
		at, size := be.Uint32(words[4:]), be.Uint32(words[8:])
		if to := out[at : at+size]; len(bytes.Trim(to, "\x00")) == 0 && size >= 12 { // not one with a tag that is kept
			if string(words[:4]) == "desc" && in[8] < 4 && size >= 13 {
				copy(to, "desc\x00\x00\x00\x00\x00\x00\x00\x01")
			} else {
				copy(to, "text")
			}
		}
	}
	return out
}

// iccLength is how long the value of a tag is by what it says itself, 0 for values that hold no numbers.
func iccLength(b []byte) int64 {
	const head, curve, fixed, most = 8, 12, 4, 1 << 24
	if len(b) < curve {
		return 0
	}
	be := binary.BigEndian
	size := int64(len(b))
	n := int64(be.Uint32(b[8:]))
	switch string(b[:4]) {
	case "XYZ ":
		if size%12 == 8 && size <= 64 {
			return size
		}
	case "sf32":
		if size == head+9*fixed {
			return size
		}
	case "curv":
		if want := int64(curve) + 2*n; n < most && size >= want && size < want+4 {
			return size
		}
	case "para":
		count := []int64{1, 3, 4, 5, 7}
		if f := int(be.Uint16(b[8:])); f < len(count) && size == curve+fixed*count[f] {
			return size
		}
	case "cicp":
		if size == curve {
			return size
		}
	case "mft1", "mft2", "mAB ", "mBA ", "mpet": // tables of any length
		return size
	}
	return 0
}
