"""From texts to vectors: tokenizer, batches, precision, pooling, the BERT layer, the encoder and its cache."""
