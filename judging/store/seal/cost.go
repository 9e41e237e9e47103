package seal

import (
	"time"

	"golang.org/x/crypto/argon2"

	"fayi/judging"
)

// Cost is what one try costs by argon2id.
type Cost struct {
	Passes  uint32 `json:"passes"`
	Memory  uint32 `json:"memory"` // KiB
	Threads uint8  `json:"threads"`
}

// Usual is the least that is asked of who sets a password: half a second to two on an office computer.
var Usual = Cost{Passes: 3, Memory: 128 << 10, Threads: 2}

// Bounds of what a file may ask for: beyond them it was not written by this program.
const (
	mostPasses = 64
	mostMemory = 1 << 20 // KiB
	tryAbout   = time.Second
	mostUsual  = 12 // passes
)

// Calibrated returns Usual with so many passes that a try takes about a second here by the clock.
func Calibrated(now func() time.Time) Cost {
	c := Usual
	start := now()
	c.derive("", make([]byte, saltSize))
	if took := now().Sub(start); took > 0 && took < tryAbout {
		c.Passes = min(mostUsual, max(c.Passes, uint32(tryAbout*time.Duration(c.Passes)/took)))
	}
	return c
}

func (c Cost) sane() bool {
	return c.Passes >= 1 && c.Passes <= mostPasses && c.Memory >= 8 && c.Memory <= mostMemory && c.Threads >= 1
}

// derive makes a key of what was typed.
func (c Cost) derive(plain string, salt []byte) []byte {
	return argon2.IDKey([]byte(plain), salt, c.Passes, c.Memory, c.Threads, keySize)
}

// damaged is the error for a lock that was not written by this program.
func damaged() error { return judging.Fail(judging.Corrupt, "seal.damaged", nil) }
