// Package jpegscale decodes JPEGs straight to an eighth, a quarter or half of their size, many times faster than
// decoding all of their pixels and making them small afterwards: an eighth needs only the mean of each block, and
// all that stands between two means is counted over, not computed.
//
// It reads baseline and progressive pictures of 8 bits, grey, in colour and in the four colours of printers. What
// it does not read it refuses, so that a decoder that knows more can be asked. It promises no panic and memory in
// proportion to the reduced picture (progressive ones other than at an eighth: to the whole one) for any bytes;
// callers limit the size they accept by Config first.
package jpegscale

import "errors"

// What Decode returns: broken is for data that no decoder should accept, unsupported for kinds of JPEG that this
// one does not read.
var (
	ErrBroken      = errors.New("jpegscale: broken data")
	ErrUnsupported = errors.New("jpegscale: unsupported kind of JPEG")
)
