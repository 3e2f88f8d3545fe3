int assets_count(void);
