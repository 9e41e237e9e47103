// Package play plays sounds and films in step: a Player gives what a Source decodes to a Sink and says which place is
// heard now; a Reel gives the pictures that belong to that place. Sounds are decoded by package sound, all else by
// ffmpeg, as a child that never outlives the Player.
//
// It knows nothing of windows and of sound cards: whoever shows the film brings the Sink, and draws the pictures.
package play
