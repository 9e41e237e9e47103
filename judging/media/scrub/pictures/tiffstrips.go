package pictures

import (
	"bytes"
	"compress/zlib"
	"io"

	"golang.org/x/image/tiff/lzw"

	"fayi/judging/media/trace"
)

const tiffCompression, tiffTables = 259, 347

// numeric reports whether a tag has the values of a picture: numbers, and few where no table is meant.
func (t *tiffCopy) numeric(tag tiffTag) bool {
	const ascii, undefined, most = 2, 7, 1 << 20
	long := map[uint16]bool{
		tiffStrips: true, tiffStripSizes: true, tiffTiles: true, tiffTileSizes: true, tiffProfile: true, tiffTables: true,
		291: true, 301: true, 320: true, // curves and colours
	}
	switch {
	case tag.kind == ascii, tag.kind == undefined && tag.id != tiffProfile && tag.id != tiffTables:
		return false
	case tag.id == tiffTables || tag.id == tiffProfile:
		return tag.count <= 64*most
	}
	return tag.count <= 16 || long[tag.id]
}

// strip returns a piece of the picture without what stands in it behind the pixels, or within a JPEG beside them.
func (t *tiffCopy) strip(how *tiffTag, from, size uint32) ([]byte, error) {
	const lzwPacked, oldJPEG, jpeg, deflate, adobeDeflate = 5, 6, 7, 8, 32946
	in := t.in[from : from+size]
	if how == nil {
		return in, nil
	}
	var read int64
	r := bytes.NewReader(in)
	switch kind := t.numbers(how); {
	case len(kind) == 0:
		return in, nil
	case kind[0] == jpeg, kind[0] == oldJPEG && bytes.HasPrefix(in, []byte{0xFF, jpegSOI}):
		return t.jpegPart(in)
	case kind[0] == lzwPacked:
		z := lzw.NewReader(r, lzw.MSB, 8)
		defer z.Close()
		read, _ = io.Copy(io.Discard, io.LimitReader(patient{t.Ctx, z}, mostUnpacked-t.unpacked))
	case kind[0] == deflate, kind[0] == adobeDeflate:
		z, err := zlib.NewReader(r)
		if err != nil {
			return in, nil // it can't be seen
		}
		read, _ = io.Copy(io.Discard, io.LimitReader(patient{t.Ctx, z}, mostUnpacked-t.unpacked))
	default:
		return in, nil
	}
	if t.unpacked += read; t.unpacked >= mostUnpacked { // too much to look at
		t.Left[trace.Unnamed] = true
		return in, nil
	}
	if r.Len() > 0 {
		t.Lost(trace.Unnamed)
	}
	return in[:len(in)-r.Len()], t.Ctx.Err()
}

// jpegPart cleans a JPEG that stands in a strip, or in the tables that strips share.
func (t *tiffCopy) jpegPart(in []byte) ([]byte, error) {
	var out bytes.Buffer
	j := trace.New(t.Ctx, &out, bytes.NewReader(in), int64(len(in)))
	if err := JPEG(j); err != nil {
		return nil, err
	}
	t.Lost(j.Result().Removed...)
	return out.Bytes(), nil
}
