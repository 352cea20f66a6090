DROP TABLE public."user";
