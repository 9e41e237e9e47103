// Package sound decodes the sounds that are sent in (WAV, MP3, FLAC, Ogg Vorbis) without any program or library of
// the computer: two channels of floating-point samples at the file's own rate, with seeking to the sample. Other
// sounds (AAC, WMA, AMR, Opus) are for ffmpeg or another program.
//
// All input is hostile. The libraries behind it are given only what was checked before: tags and pictures are cut
// off, the tables of a Vorbis stream are bounded, and a panic of theirs is an error. Memory is bounded by the length
// of the file over 3, time by what is read of it.
package sound
