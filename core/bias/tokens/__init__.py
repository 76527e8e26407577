"""How a tokenizer treats the words of groups: pieces, losses, forms that fall together. No model runs."""
