package scrub

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// pngKept are the chunks that make the picture: shape, colours, how it moves (PNG, third edition). All others go.
var pngKept = []string{
	"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD",
	"pHYs", "hIST",
	"sPLT",
	"acTL",
	"fcTL",
	"fdAT",
}

var pngTraces = map[string]Trace{"tEXt": Comment, "zTXt": Comment, "iTXt": Comment, "tIME": Date}

func cleanPNG(j *job) error {
	const header = 8
	if err := j.copyRange(0, header); err != nil {
		return err
	}
	for at := int64(header); ; {
		h, err := j.bytesAt(at, 8)
		if err != nil {
			return err
		}
		n, kind := int64(binary.BigEndian.Uint32(h)), string(h[4:])
		whole := 12 + n
		if whole > j.size-at {
			return errBroken
		}
		switch {
		case slices.Contains(pngKept, kind):
			err = j.copyRange(at, whole)
		case kind == "eXIf":
			err = j.pngExif(at+8, n)
		default:
			j.lostChunk(pngTraces, kind)
		}
		if err != nil {
			return err
		}
		at += whole
		if kind == "IEND" {
			if at < j.size {
				j.lost(Unnamed)
			}
			return nil
		}
	}
}

func (j *job) lostChunk(traces map[string]Trace, kind string) {
	if t, ok := traces[kind]; ok {
		j.lost(t)
	} else {
		j.lost(Unnamed)
	}
}

// pngExif keeps only how the picture is held.
func (j *job) pngExif(at, n int64) error {
	data, err := j.bytesAt(at, int(min(n, 1<<20)))
	if err != nil {
		return err
	}
	x := readExif(data)
	j.lost(x.traces...)
	if x.orientation == 1 {
		return nil
	}
	body := append([]byte("eXIf"), plainExif(x.orientation)...)
	size := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	return j.write(size, body, binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
}
