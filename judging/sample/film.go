package sample

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
)

const (
	filmWide, filmHigh = 160, 120
	filmRate           = 4 // pictures a second
)

// film is a clip of two seconds or so, a ball over hills: AVI with a JPEG for each picture.
func film(d *rand.Rand) []byte {
	frames := make([][]byte, 6+d.IntN(5))
	sky := one(d, []color.RGBA{rgb(0xCDE7F0), rgb(0xFFD6BA), rgb(0x31456A), rgb(0xE2ECE9)})
	ball := one(d, []color.RGBA{rgb(0xE4572E), rgb(0xFFE08A), rgb(0x6D597A)})
	hills, hill := d.Uint64(), one(d, []color.RGBA{rgb(0x4F772D), rgb(0x7A9E9F), rgb(0x264653)})
	for i := range frames {
		p := newCanvas(rand.New(rand.NewPCG(hills, 0)), filmWide, filmHigh, sky) // the same hills in each picture
		t := float64(i) / float64(len(frames)-1)
		p.disc(15+130*t, 60-160*t*(1-t), 10, ball, 1)
		p.ridge(80, 10, hill)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, p.RGBA, &jpeg.Options{Quality: 60}); err != nil {
			panic(err) // an encoder into memory fails only by a fault of this program
		}
		frames[i] = b.Bytes()
	}
	return avi(frames)
}

// avi packs pictures as Microsoft's AVI 1.0 with an index.
func avi(frames [][]byte) []byte {
	largest := 0
	var movie, index []byte
	for _, f := range frames {
		largest = max(largest, len(f))
		index = append(index, "00dc"...)
		index = dwords(index, 0x10, uint32(4+len(movie)), uint32(len(f))) // each picture stands alone
		movie = append(movie, riff("00dc", "", f)...)
	}
	n, size := uint32(len(frames)), uint32(largest)
	main := dwords(nil, 1_000_000/filmRate, size*filmRate, 0, 0x10, n, 0, 1, size, filmWide, filmHigh, 0, 0, 0, 0)
	stream := dwords([]byte("vidsMJPG"), 0, 0, 0, 1, filmRate, 0, n, size, 0xFFFFFFFF, 0)
	stream = binary.LittleEndian.AppendUint64(stream, filmHigh<<48|filmWide<<32)
	format := dwords(nil, 40, filmWide, filmHigh, 24<<16|1)
	format = dwords(append(format, "MJPG"...), filmWide*filmHigh*3, 0, 0, 0, 0)
	streams := riff("LIST", "strl", join(riff("strh", "", stream), riff("strf", "", format)))
	header := riff("LIST", "hdrl", join(riff("avih", "", main), streams))
	return riff("RIFF", "AVI ", join(header, riff("LIST", "movi", movie), riff("idx1", "", index)))
}

func dwords(b []byte, values ...uint32) []byte {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}
