package sample

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// tune is a melody of two seconds in five tones: WAV, one channel, 8 bit, 8 kHz.
func tune(d *rand.Rand) []byte {
	const rate, notes, length = 8000, 8, 2000
	scale := []float64{261.6, 293.7, 329.6, 392.0, 440.0, 523.3}
	var sound bytes.Buffer
	for range notes {
		f := one(d, scale)
		for i := range length {
			t := float64(i) / rate
			v := math.Exp(-4*t) * (math.Sin(2*math.Pi*f*t) + 0.4*math.Sin(4*math.Pi*f*t)) / 1.4
			sound.WriteByte(uint8(128 + 110*v))
		}
	}
	var format bytes.Buffer
	for _, v := range []any{uint16(1), uint16(1), uint32(rate), uint32(rate), uint16(1), uint16(8)} {
		binary.Write(&format, binary.LittleEndian, v)
	}
	return riff("RIFF", "WAVE", join(riff("fmt ", "", format.Bytes()), riff("data", "", sound.Bytes())))
}

// riff makes a chunk: its name, its length, a form for lists, its content, and a byte to make the length even.
func riff(name, form string, content []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(form)+len(content)))
	out = append(append(out, form...), content...)
	if len(out)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
