package pictures

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"

	"fayi/judging/media/trace"
)

// pngKept are the chunks that make the picture: shape, colours, how it moves (PNG, third edition). All others go.
var pngKept = []string{
	"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD",
	"pHYs", "hIST", "acTL", "fcTL", "fdAT",
}

// pngMost are how many bytes chunks of a fixed shape may have.
var pngMost = map[string]int64{
	"IHDR": 13, "PLTE": 768, "IEND": 0, "tRNS": 256, "cHRM": 32, "gAMA": 4, "sBIT": 4, "sRGB": 1, "cICP": 4, "mDCV": 24,
	"cLLI": 8, "bKGD": 6, "pHYs": 9, "hIST": 512, "acTL": 8, "fcTL": 26,
}

var pngTraces = map[string]trace.Trace{
	"tEXt": trace.Comment, "zTXt": trace.Comment, "iTXt": trace.Comment, "tIME": trace.Date,
}

// PNG copies the chunks that make the picture (ISO/IEC 15948) and, in Exif data, how it is held.
func PNG(j *trace.Job) error {
	const header = 8
	if err := j.CopyRange(0, header); err != nil {
		return err
	}
	run := &pngRun{Job: j}
	for at := int64(header); ; {
		h, err := j.BytesAt(at, 8)
		if err != nil {
			return err
		}
		n, kind := int64(binary.BigEndian.Uint32(h)), string(h[4:])
		whole := 12 + n
		if whole > j.Size-at {
			return trace.ErrBroken
		}
		if kind != run.kind {
			if err := run.end(); err != nil {
				return err
			}
		}
		most, fixed := pngMost[kind]
		switch {
		case kind == "IHDR" && n == most, kind == "fcTL" && n == most:
			err = run.begin(at, n, kind)
		case kind == "IDAT", kind == "fdAT":
			err = run.add(at, n, kind)
		case kind == "iCCP":
			err = pngProfile(j, at+8, n)
		case fixed && n > most:
			j.Lost(trace.Unnamed) // something is in it that is not the picture's
			if kind == "IEND" {
				err = pngChunk(j, []byte(kind))
			}
		case slices.Contains(pngKept, kind):
			err = j.CopyRange(at, whole)
		case kind == "eXIf":
			err = pngExif(j, at+8, n)
		default:
			lostChunk(j, pngTraces, kind)
		}
		if err != nil {
			return err
		}
		at += whole
		if kind == "IEND" {
			if at < j.Size {
				j.Lost(trace.Unnamed)
			}
			return nil
		}
	}
}

func lostChunk(j *trace.Job, traces map[string]trace.Trace, kind string) {
	if t, ok := traces[kind]; ok {
		j.Lost(t)
	} else {
		j.Lost(trace.Unnamed)
	}
}

// pngExif keeps only how the picture is held.
func pngExif(j *trace.Job, at, n int64) error {
	data, err := j.BytesAt(at, int(min(n, 1<<20)))
	if err != nil {
		return err
	}
	x := readExif(data)
	j.Lost(x.traces...)
	if x.orientation == 1 {
		return nil
	}
	return pngChunk(j, append([]byte("eXIf"), plainExif(x.orientation)...))
}

// pngProfile writes the colour profile without its name and its words.
func pngProfile(j *trace.Job, at, n int64) error {
	const most = 8 << 20
	data, err := j.BytesAt(at, int(min(n, most)))
	if err != nil {
		return err
	}
	name, packed, ok := bytes.Cut(data, []byte{0})
	if !ok || len(name) > 79 || len(packed) < 2 {
		j.Lost(trace.Unnamed)
		return nil
	}
	var profile []byte
	z, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err == nil {
		profile, err = io.ReadAll(io.LimitReader(z, most))
	}
	if profile = CleanICC(profile); err != nil || profile == nil {
		j.Lost(trace.Unnamed)
		return nil
	}
	j.Lost(trace.Device)
	body := bytes.NewBufferString("iCCPicc\x00\x00")
	w := zlib.NewWriter(body)
	w.Write(profile) // memory does not fail
	w.Close()
	return pngChunk(j, body.Bytes())
}

// pngChunk writes a chunk; body begins with its kind.
func pngChunk(j *trace.Job, body []byte) error {
	size := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	return j.Write(size, body, binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
}
