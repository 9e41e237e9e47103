package play

import (
	"io"
	"time"

	"fayi/judging/media/sound"
)

// decoded is a sound that package sound decodes.
type decoded struct {
	*sound.Resampled

	file io.Closer
}

// Interrupt does nothing: a disk answers.
func (decoded) Interrupt() {}

// Close closes the file.
func (d decoded) Close() error { return d.file.Close() }

// OpenSound opens a sound of a format that sound.Decodes, and says how long it plays, 0 where that is not known. The
// source closes f, and so does a failure. Errors: those of sound.Open.
func OpenSound(f io.ReadSeekCloser, size int64, format string) (Source, time.Duration, error) {
	t, err := sound.Open(f, size, format)
	if err != nil {
		_ = f.Close() // it was only read
		return nil, 0, err
	}
	length := time.Duration(float64(t.Frames()) / float64(t.Rate()) * float64(time.Second))
	return decoded{sound.Resample(t, Rate), f}, length, nil
}
