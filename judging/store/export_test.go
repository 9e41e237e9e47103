package store

// FullErrors lets tests see what this system says when a disk is full.
var FullErrors = fullErrors
