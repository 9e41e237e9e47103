package store

// FullErrors lets tests see what this system says when a disk is full.
var FullErrors = fullErrors

// Protected lets tests see what this system says of a medium that is protected against writing.
var Protected = protected
