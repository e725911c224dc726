//! Runs every vector against the engine.
