// Package media measures the files of works: size, length, words, and a still picture of a film.
//
// It promises that a file is what its bytes say, whatever its name says, and bounded cost for hostile files. Films
// other than MP4 and QuickTime need ffmpeg; without it that is an error, not a guess.
//
// The packages below do the rest: archive lists files, match finds the work of each, picture decodes, prose reads
// words, likeness compares, pdf and scrub make copies without names. It will not store files, know a contest, or
// read a clock. Failures are judging errors; errors never carry file names, which often hold names of people.
package media
