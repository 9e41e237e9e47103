// Package mapping describes how a sheet was understood, and what people say about that beforehand.
//
// It promises that a description kept with a contest stays readable: fields are added, never changed.
package mapping
